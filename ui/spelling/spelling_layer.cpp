#include "ui/spelling/spelling_layer.h"

#include "libsync/crdt/event.h"
#include "ui/editor/editor.h"
#include "ui/editor/highlighter.h"
#include "ui/spelling/spelling_words.h"

#include <QMenu>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>
#include <chrono>

namespace cowrite::ui {

namespace {

constexpr std::chrono::milliseconds kCheckTime{120};
constexpr double kWave = 2;

QPainterPath wave(const QPointF &from, double width)
{
    QPainterPath path(from);
    double x = 0;
    for (bool isUp = true; x < width; isUp = !isUp) {
        x = std::min(x + kWave, width);
        path.lineTo(from + QPointF(x, isUp ? -kWave : 0));
    }
    return path;
}

} // namespace

SpellingLayer::SpellingLayer(Editor &editor) : QObject(&editor), EditorLayer(editor)
{
    m_check.setSingleShot(true);
    m_check.setInterval(kCheckTime);
    connect(&m_check, &QTimer::timeout, this, &SpellingLayer::check);
    connect(&editor, &Editor::textSet, this, &SpellingLayer::observeText);
    connect(&editor, &Editor::selectionMoved, this, &SpellingLayer::checkSoon);
    connect(&editor, &Editor::menuRequested, this, &SpellingLayer::fillMenu);
    connect(&editor.highlighter(), &Highlighter::tokensChanged, this, &SpellingLayer::checkSoon);
    connect(editor.verticalScrollBar(), &QScrollBar::valueChanged, this, &SpellingLayer::checkSoon);
    observeText();
}

void SpellingLayer::observeText()
{
    m_mistakes.clear();
    if (editor().hasText()) {
        m_subscription = editor().text().observe([this](const crdt::Event &event) {
            if (m_dictionary) {
                moveMatches(m_mistakes, event.delta());
                checkSoon();
            }
        });
        checkSoon();
    }
}

void SpellingLayer::setDictionary(SpellingDictionary *dictionary)
{
    if (m_dictionary == dictionary) {
        return;
    }
    if (m_dictionary) {
        m_dictionary->disconnect(this);
    }
    m_dictionary = dictionary;
    if (dictionary != nullptr) {
        connect(dictionary, &SpellingDictionary::lookedUp, this, &SpellingLayer::check);
    }
    check();
}

void SpellingLayer::checkSoon()
{
    // Not begun anew: others may write all the time.
    if (m_dictionary && !m_check.isActive()) {
        m_check.start();
    }
}

void SpellingLayer::check()
{
    std::vector<TextMatch> mistakes;
    if (m_dictionary && editor().isVisible()) {
        mistakes = findMistakes();
    }
    if (mistakes != m_mistakes) {
        m_mistakes = std::move(mistakes);
        editor().viewport()->update();
    }
}

std::vector<TextMatch> SpellingLayer::findMistakes()
{
    std::vector<TextMatch> mistakes;
    const QTextDocument &document = *editor().document();
    const auto [first, last] = editor().blocksInSight();
    const SelectionOffsets selection = editor().selection();
    QStringList unknown;
    for (QTextBlock block = document.findBlockByNumber(first);
         block.isValid() && block.blockNumber() <= last; block = block.next()) {
        if (block.length() > Syntax::kLongestLine) {
            continue;
        }
        const QString line = block.text();
        const auto start = static_cast<std::uint32_t>(block.position());
        for (TextMatch word :
             spellingWords(line, editor().language(), editor().highlighter().tokensOf(block))) {
            const QString text = line.mid(word.offset, word.length);
            const auto isRight = m_dictionary->isRight(text);
            word.offset += start;
            if (!isRight) {
                unknown.append(text);
            } else if (!*isRight &&
                       (selection.head != word.offset + word.length || !editor().hasFocus())) {
                mistakes.push_back(word);
            }
        }
    }
    m_dictionary->lookUp(unknown);
    return mistakes;
}

// ---------------------------------------------------------------- the menu

void SpellingLayer::fillMenu(QMenu &menu, std::uint32_t offset)
{
    const auto mistake =
        std::find_if(m_mistakes.begin(), m_mistakes.end(), [offset](const TextMatch &one) {
            return one.offset <= offset && offset <= one.offset + one.length;
        });
    if (!m_dictionary || mistake == m_mistakes.end() || editor().isReadOnly()) {
        return;
    }
    const QString word = editor().sharedText(mistake->offset, mistake->length);
    QAction *before = menu.actions().value(0);
    auto *waiting = new QAction(tr("Looking for suggestions…"), &menu);
    waiting->setEnabled(false);
    menu.insertAction(before, waiting);
    menu.insertSeparator(before);
    const auto add = [&](const QString &name, const QString &label, auto run) {
        auto *action = new QAction(label, &menu);
        action->setObjectName(name);
        connect(action, &QAction::triggered, this, [this, word, run] {
            if (m_dictionary) {
                (m_dictionary->*run)(word);
            }
        });
        menu.insertAction(before, action);
    };
    add(QStringLiteral("actionAddWord"), tr("Add “%1” to the dictionary").arg(word),
        &SpellingDictionary::add);
    add(QStringLiteral("actionIgnoreWord"), tr("Ignore “%1”").arg(word),
        &SpellingDictionary::ignore);
    menu.insertSeparator(before);
    m_dictionary->suggest(
        word, waiting,
        [this, menu = &menu, waiting, word, mistake = *mistake](const QStringList &suggestions) {
            for (const QString &suggestion : suggestions) {
                QString label = suggestion;
                auto *action =
                    new QAction(label.replace(QLatin1Char('&'), QLatin1String("&&")), menu);
                action->setObjectName(QStringLiteral("actionSuggestion"));
                QFont bold = action->font();
                bold.setBold(true);
                action->setFont(bold);
                connect(action, &QAction::triggered, this,
                        [this, mistake, word, suggestion] { replace(mistake, word, suggestion); });
                menu->insertAction(waiting, action);
            }
            if (suggestions.isEmpty()) {
                waiting->setText(tr("No suggestions"));
            } else {
                waiting->setVisible(false);
            }
        });
}

void SpellingLayer::replace(const TextMatch &mistake, const QString &word, const QString &with)
{
    // Others may have written while the menu was open: it is that word which is nearest to where it
    // was.
    const auto found = std::min_element(
        m_mistakes.begin(), m_mistakes.end(), [&](const TextMatch &a, const TextMatch &b) {
            const auto away = [&](const TextMatch &one) {
                const bool isIt = editor().sharedText(one.offset, one.length) == word;
                return std::pair(!isIt, std::max(one.offset, mistake.offset) -
                                            std::min(one.offset, mistake.offset));
            };
            return away(a) < away(b);
        });
    if (found == m_mistakes.end() || editor().sharedText(found->offset, found->length) != word) {
        return;
    }
    const std::uint32_t offset = found->offset;
    editor().applyChange(deltaOf({{offset, found->length, with}}));
    const auto end = offset + static_cast<std::uint32_t>(with.size());
    editor().select({end, end});
}

// ---------------------------------------------------------------- painting

void SpellingLayer::paintAbove(QPainter &painter, const std::vector<VisibleLine> &lines)
{
    if (m_mistakes.empty()) {
        return;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(editor().theme().bad, 1));
    for (const VisibleLine &line : lines) {
        auto mistake =
            std::partition_point(m_mistakes.begin(), m_mistakes.end(), [&](const TextMatch &one) {
                return one.offset + one.length <= line.startOffset;
            });
        for (; mistake != m_mistakes.end() && mistake->offset < line.endOffset; ++mistake) {
            const QRectF rect = line.rectOf(mistake->offset, mistake->offset + mistake->length, 0);
            const double baseline = rect.top() + line.line.ascent();
            painter.drawPath(wave(QPointF(rect.left(), baseline + kWave + 2), rect.width()));
        }
    }
    painter.restore();
}

} // namespace cowrite::ui
