#include "ui/editor/find_bar.h"

#include "ui/editor/editor.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QStyle>

namespace cowrite::ui {

namespace {

constexpr int kMargin = 7;
constexpr int kSpacing = 6;
/// Below this width the inputs stand above their buttons.
constexpr int kNarrow = 560;

} // namespace

FindBar::FindBar(QWidget *parent)
    : QFrame(parent),
      m_input(new QLineEdit(this)),
      m_count(new QLabel(this)),
      m_case(makeToggle(QStringLiteral("findCase"), QStringLiteral("Aa"), tr("Match case"))),
      m_words(makeToggle(QStringLiteral("findWords"), QStringLiteral("ab|"), tr("Whole words"))),
      m_expression(makeToggle(QStringLiteral("findExpression"), QStringLiteral(".*"),
                              tr("Regular expression"))),
      m_previous(makeButton(QStringLiteral("findPrevious"), QStringLiteral("\u2191"),
                            tr("Previous match"))),
      m_next(makeButton(QStringLiteral("findNext"), QStringLiteral("\u2193"), tr("Next match"))),
      m_close(makeButton(QStringLiteral("findClose"), tr("Close"), tr("Close the search"))),
      m_replacement(new QLineEdit(this)),
      m_replaceOne(makeButton(QStringLiteral("replaceOne"), tr("Replace"),
                              tr("Replace this match and go to the next"))),
      m_replaceAll(
          makeButton(QStringLiteral("replaceAll"), tr("Replace all"), tr("Replace every match"))),
      m_rows(new QGridLayout(this)),
      m_findButtons(new QWidget(this)),
      m_replaceButtons(new QWidget(this))
{
    setObjectName(QStringLiteral("findBar"));
    setAccessibleName(tr("Find and replace"));
    m_input->setObjectName(QStringLiteral("findInput"));
    m_input->setAccessibleName(tr("Find"));
    m_input->setPlaceholderText(tr("Find"));
    m_replacement->setObjectName(QStringLiteral("replaceInput"));
    m_replacement->setAccessibleName(tr("Replace with"));
    m_replacement->setPlaceholderText(tr("Replace with"));
    m_count->setObjectName(QStringLiteral("findCount"));
    m_count->setTextFormat(Qt::PlainText);
    m_count->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    for (QLineEdit *input : {m_input, m_replacement}) {
        input->installEventFilter(this);
    }
    addRows();
    connect(m_input, &QLineEdit::textChanged, this, &FindBar::updateQuery);
    for (QPushButton *toggle : {m_case, m_words, m_expression}) {
        connect(toggle, &QPushButton::toggled, this, &FindBar::updateQuery);
    }
    connect(m_next, &QPushButton::clicked, this, [this] { go(SearchLayer::Step::Next); });
    connect(m_previous, &QPushButton::clicked, this, [this] { go(SearchLayer::Step::Previous); });
    connect(m_close, &QPushButton::clicked, this, &FindBar::close);
    connect(m_replaceOne, &QPushButton::clicked, this, [this] {
        m_news.clear();
        m_layer->replaceCurrent(m_replacement->text());
    });
    connect(m_replaceAll, &QPushButton::clicked, this, [this] {
        m_news.clear();
        m_layer->replaceAll(m_replacement->text());
    });
    hide();
}

FindBar::~FindBar()
{
    delete m_layer;
}

void FindBar::addRows()
{
    auto *find = new QHBoxLayout(m_findButtons);
    for (QPushButton *button : {m_case, m_words, m_expression, m_previous, m_next}) {
        find->addWidget(button);
    }
    find->addWidget(m_count, 1);
    find->addWidget(m_close);
    auto *replace = new QHBoxLayout(m_replaceButtons);
    replace->addWidget(m_replaceOne);
    replace->addWidget(m_replaceAll);
    replace->addStretch(1);
    for (QHBoxLayout *row : {find, replace}) {
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(kSpacing);
    }
    m_rows->setContentsMargins(12, kMargin, 12, kMargin);
    m_rows->setSpacing(kSpacing);
    arrange();
}

void FindBar::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    arrange();
}

QSize FindBar::minimumSizeHint() const
{
    return {m_findButtons->minimumSizeHint().width() + 2 * kMargin,
            QFrame::minimumSizeHint().height()};
}

void FindBar::arrange()
{
    // What one writes stands beside its buttons, or above them where that would leave it no room.
    const bool isNarrow = width() < kNarrow;
    m_rows->addWidget(m_input, 0, 0);
    m_rows->addWidget(m_findButtons, isNarrow ? 1 : 0, isNarrow ? 0 : 1);
    m_rows->addWidget(m_replacement, isNarrow ? 2 : 1, 0);
    m_rows->addWidget(m_replaceButtons, isNarrow ? 3 : 1, isNarrow ? 0 : 1);
    m_rows->setColumnStretch(0, 2);
    m_rows->setColumnStretch(1, isNarrow ? 0 : 3);
}

QPushButton *FindBar::makeButton(const QString &objectName, const QString &label,
                                 const QString &name)
{
    auto *button = new QPushButton(label, this);
    button->setObjectName(objectName);
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAutoDefault(false);
    return button;
}

QPushButton *FindBar::makeToggle(const QString &objectName, const QString &label,
                                 const QString &name)
{
    QPushButton *button = makeButton(objectName, label, name);
    button->setCheckable(true);
    return button;
}

void FindBar::setEditor(Editor &editor)
{
    if (m_editor == &editor) {
        return;
    }
    delete m_layer;
    m_editor = &editor;
    m_layer = new SearchLayer(editor);
    m_layer->setMarked(isVisible());
    connect(m_layer, &SearchLayer::changed, this, &FindBar::showState);
    connect(m_layer, &SearchLayer::wrapped, this, [this] { m_news = tr("Once round the text"); });
    connect(m_layer, &SearchLayer::replaced, this, [this](int count) {
        m_news = tr("%Ln replaced", nullptr, count);
        showState();
    });
    if (isVisible()) {
        m_layer->setQuery(query());
    }
}

void FindBar::open(Mode mode)
{
    const QTextCursor cursor = m_editor->textCursor();
    const QString selected = cursor.selectedText();
    if (!selected.isEmpty() && !selected.contains(QChar::ParagraphSeparator)) {
        m_input->setText(selected);
    }
    const bool canReplace = mode == Mode::Replace && !m_editor->isReadOnly();
    m_replacement->setVisible(canReplace);
    m_replaceButtons->setVisible(canReplace);
    m_news.clear();
    show();
    m_layer->setMarked(true);
    m_layer->setQuery(query());
    m_input->selectAll();
    m_input->setFocus(Qt::ShortcutFocusReason);
    showState();
}

void FindBar::close()
{
    m_layer->setMarked(false);
    hide();
    m_editor->setFocus();
    Q_EMIT closed();
}

void FindBar::findNext()
{
    go(SearchLayer::Step::Next);
}

void FindBar::findPrevious()
{
    go(SearchLayer::Step::Previous);
}

void FindBar::go(SearchLayer::Step step)
{
    if (m_input->text().isEmpty()) {
        open(Mode::Find);
        return;
    }
    m_news.clear();
    m_layer->setQuery(query());
    m_layer->go(step);
}

SearchQuery FindBar::query() const
{
    return {m_input->text(), m_case->isChecked(), m_words->isChecked(), m_expression->isChecked()};
}

void FindBar::updateQuery()
{
    if (!m_layer || !isVisible()) {
        return;
    }
    m_news.clear();
    m_layer->setQuery(query());
    m_layer->go(SearchLayer::Step::Here);
    showState();
}

QString FindBar::stateText() const
{
    if (m_input->text().isEmpty()) {
        return {};
    }
    if (!m_layer->problem().isEmpty()) {
        return tr("Not an expression: %1").arg(m_layer->problem());
    }
    if (m_layer->count() == 0) {
        return m_layer->isSearching() ? tr("Searching…") : tr("Not found");
    }
    const QLocale locale;
    const auto count = static_cast<int>(m_layer->count());
    const bool hasMore = m_layer->hasMore();
    if (const auto current = m_layer->current()) {
        return (hasMore ? tr("%1 of more than %2") : tr("%1 of %2"))
            .arg(locale.toString(static_cast<int>(*current) + 1), locale.toString(count));
    }
    return hasMore ? tr("more than %Ln match(es)", nullptr, count)
                   : tr("%Ln match(es)", nullptr, count);
}

void FindBar::showState()
{
    if (!m_layer) {
        return;
    }
    QString text = stateText();
    if (!m_news.isEmpty()) {
        text = text.isEmpty() ? m_news : m_news + QStringLiteral(" · ") + text;
    }
    m_count->setText(text);
    m_count->setToolTip(text);
    const bool isBad = !m_layer->problem().isEmpty();
    if (m_count->property("problem").toBool() != isBad) {
        m_count->setProperty("problem", isBad);
        m_count->style()->unpolish(m_count);
        m_count->style()->polish(m_count);
    }
    const bool canReplace = m_layer->count() > 0 && !m_editor->isReadOnly();
    m_replaceOne->setEnabled(canReplace);
    m_replaceAll->setEnabled(canReplace);
}

bool FindBar::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() != QEvent::KeyPress) {
        return QFrame::eventFilter(object, event);
    }
    const auto &key = *static_cast<QKeyEvent *>(event);
    switch (key.key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (object == m_replacement) {
            m_replaceOne->click();
        } else {
            go(key.modifiers() & Qt::ShiftModifier ? SearchLayer::Step::Previous
                                                   : SearchLayer::Step::Next);
        }
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    default:
        return false;
    }
}

} // namespace cowrite::ui
