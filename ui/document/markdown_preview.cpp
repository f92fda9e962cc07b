#include "ui/document/markdown_preview.h"

#include "libsync/session/document/another_thread.h"
#include "ui/editor/editor.h"
#include "ui/syntax/markdown_syntax.h"

#include <QAbstractTextDocumentLayout>
#include <QDesktopServices>
#include <QPointer>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextList>

#include <algorithm>
#include <chrono>
#include <limits>

namespace cowrite::ui {

namespace {

constexpr std::chrono::milliseconds kParseTime{150};
constexpr double kMargin = 18;
constexpr int kFontPixels = 14;
constexpr double kHeadingRoom = 10;
constexpr double kParagraphRoom = 8;
constexpr double kLinePercent = 120;

/// The lines that are headings, from 0.
std::vector<int> headingLines(const QString &text)
{
    MarkdownSyntax syntax;
    std::vector<int> found;
    int state = Syntax::kInitialState;
    int number = 0;
    for (const QString &line : text.split(QLatin1Char('\n'))) {
        std::vector<Token> tokens;
        state = syntax.highlight(line, state, &tokens);
        if (!tokens.empty() && tokens.front().kind == TokenKind::Heading) {
            found.push_back(number);
        }
        ++number;
    }
    return found;
}

/// Markdown says nothing about the room between paragraphs, and Qt leaves none.
void giveRoom(QTextDocument &document)
{
    QTextCursor cursor(&document);
    cursor.beginEditBlock();
    for (QTextBlock block = document.firstBlock(); block.isValid(); block = block.next()) {
        QTextBlockFormat format = block.blockFormat();
        const bool isHeading = format.headingLevel() > 0;
        const bool isTight = block.textList() != nullptr ||
                             format.hasProperty(QTextFormat::BlockCodeFence) ||
                             format.hasProperty(QTextFormat::BlockCodeLanguage);
        format.setTopMargin(isHeading ? kHeadingRoom : 0);
        format.setBottomMargin(isTight ? 0 : kParagraphRoom);
        format.setLineHeight(kLinePercent, QTextBlockFormat::ProportionalHeight);
        cursor.setPosition(block.position());
        cursor.setBlockFormat(format);
    }
    cursor.endEditBlock();
}

/// Where the headings are in what is shown, from the top.
std::vector<QTextBlock> headingBlocks(const QTextDocument &document)
{
    std::vector<QTextBlock> found;
    for (QTextBlock block = document.firstBlock(); block.isValid(); block = block.next()) {
        if (block.blockFormat().headingLevel() > 0) {
            found.push_back(block);
        }
    }
    return found;
}

} // namespace

struct MarkdownPreview::Parsed {
    std::unique_ptr<QTextDocument> document;
    std::vector<int> headingLines;
};

MarkdownPreview::MarkdownPreview(Editor &editor, const Theme &theme, QWidget *parent)
    : QTextBrowser(parent), m_editor(editor)
{
    setObjectName(QStringLiteral("markdownPreview"));
    setAccessibleName(tr("Preview of the document"));
    setFrameShape(QFrame::NoFrame);
    setOpenLinks(false);
    setTheme(theme);
    m_parse.setSingleShot(true);
    m_parse.setInterval(kParseTime);
    connect(&m_parse, &QTimer::timeout, this, &MarkdownPreview::parse);
    connect(this, &QTextBrowser::anchorClicked, this, &MarkdownPreview::openLink);
    connect(&editor, &Editor::textSet, this, &MarkdownPreview::observeText);
    connect(editor.verticalScrollBar(), &QScrollBar::valueChanged, this, &MarkdownPreview::follow);
    observeText();
}

MarkdownPreview::~MarkdownPreview()
{
    *m_isAlive = false;
}

void MarkdownPreview::setTheme(const Theme &theme)
{
    setPalette(theme.palette());
    m_isStale = true;
    parse();
}

void MarkdownPreview::observeText()
{
    if (!m_editor.hasText()) {
        return;
    }
    m_subscription = m_editor.text().observe([this](const crdt::Event &) {
        m_isStale = true;
        if (!m_parse.isActive()) {
            m_parse.start();
        }
    });
    m_isStale = true;
    parse();
}

void MarkdownPreview::showEvent(QShowEvent *event)
{
    QTextBrowser::showEvent(event);
    parse();
}

void MarkdownPreview::parse()
{
    if (!isVisible() || !m_isStale || !m_editor.hasText()) {
        return;
    }
    if (m_isParsing) {
        m_parse.start();
        return;
    }
    m_isStale = false;
    if (m_editor.text().length() > kLongestText) {
        m_headingLines.clear();
        setPlainText(tr("This document is too long for a preview."));
        return;
    }
    m_isParsing = true;
    QFont font = interfaceFont();
    font.setPixelSize(kFontPixels);
    session::onAnotherThread(
        [text = m_editor.sharedText(0, std::numeric_limits<std::uint32_t>::max()), font,
         home = thread()] {
            Parsed parsed;
            parsed.document = std::make_unique<QTextDocument>();
            parsed.document->setDefaultFont(font);
            parsed.document->setDocumentMargin(kMargin);
            parsed.document->setUndoRedoEnabled(false);
            // Of HTML nothing: what it could do is nobody's business but the author's.
            QTextDocument::MarkdownFeatures features = QTextDocument::MarkdownDialectGitHub;
            features.setFlag(QTextDocument::MarkdownNoHTML);
            parsed.document->setMarkdown(text, features);
            giveRoom(*parsed.document);
            parsed.document->moveToThread(home);
            parsed.headingLines = headingLines(text);
            return parsed;
        },
        [this, isAlive = m_isAlive](Parsed parsed) {
            if (*isAlive) {
                onParsed(std::move(parsed));
            }
        });
}

void MarkdownPreview::onParsed(Parsed parsed)
{
    m_isParsing = false;
    m_headingLines = std::move(parsed.headingLines);
    const int scrolled = verticalScrollBar()->value();
    const QPointer<QTextDocument> old = document();
    QTextDocument *shown = parsed.document.release();
    shown->setParent(this);
    setDocument(shown);
    if (old && old->parent() == this) {
        delete old;
    }
    verticalScrollBar()->setValue(scrolled);
    follow();
}

void MarkdownPreview::follow()
{
    if (!isVisible()) {
        return;
    }
    const QScrollBar &bar = *m_editor.verticalScrollBar();
    if (bar.value() == bar.minimum() || bar.value() == bar.maximum()) {
        verticalScrollBar()->setValue(
            bar.value() == bar.minimum() ? 0 : verticalScrollBar()->maximum());
        return;
    }
    // Between two headings the text is taken to be as long here as there.
    const int top = m_editor.blocksInSight().first;
    const std::vector<QTextBlock> blocks = headingBlocks(*document());
    const std::size_t count = std::min(blocks.size(), m_headingLines.size());
    const auto after = std::upper_bound(
        m_headingLines.begin(), m_headingLines.begin() + static_cast<std::ptrdiff_t>(count), top);
    const auto next = static_cast<std::size_t>(after - m_headingLines.begin());
    const auto topOf = [&](std::size_t heading) {
        return document()->documentLayout()->blockBoundingRect(blocks[heading]).top();
    };
    const int fromLine = next > 0 ? m_headingLines[next - 1] : 0;
    const int toLine = next < count ? m_headingLines[next] : m_editor.blockCount();
    const double from = next > 0 ? topOf(next - 1) : 0;
    const double to = next < count ? topOf(next) : document()->size().height();
    const double share = double(top - fromLine) / std::max(toLine - fromLine, 1);
    verticalScrollBar()->setValue(static_cast<int>(from + share * (to - from)));
}

QVariant MarkdownPreview::loadResource(int, const QUrl &)
{
    return {};
}

void MarkdownPreview::openLink(const QUrl &link)
{
    static const QStringList schemes{QStringLiteral("http"), QStringLiteral("https"),
                                     QStringLiteral("mailto")};
    if (schemes.contains(link.scheme())) {
        QDesktopServices::openUrl(link);
    }
}

} // namespace cowrite::ui
