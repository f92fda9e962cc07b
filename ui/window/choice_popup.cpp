#include "ui/window/choice_popup.h"

#include "ui/look/mirrored.h"
#include "ui/window/fuzzy_match.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>
#include <vector>

namespace cowrite::ui {

namespace {

constexpr QSize kSize(360, 320);
constexpr int kRowHeight = 28;
constexpr int kPadding = 10;
constexpr int kIdRole = Qt::UserRole;
constexpr int kDetailRole = Qt::UserRole + 1;

/// The label on the left, what belongs to it on the right as far as there is room.
class ChoiceDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {0, kRowHeight};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        if (option.state & QStyle::State_Selected) {
            painter->fillRect(option.rect, option.palette.color(QPalette::Highlight));
        }
        const QRect row = option.rect.adjusted(kPadding, 0, -kPadding, 0);
        const QFontMetrics metrics(option.font);
        const QString label =
            metrics.elidedText(index.data().toString(), Qt::ElideRight, row.width());
        painter->setFont(option.font);
        painter->setPen(option.palette.color(QPalette::Text));
        painter->drawText(row, Qt::AlignVCenter | Qt::AlignLeading, isolated(label));
        const int room = row.width() - metrics.horizontalAdvance(label) - 2 * kPadding;
        const QString detail =
            metrics.elidedText(index.data(kDetailRole).toString(), Qt::ElideRight, room);
        painter->setPen(option.palette.color(QPalette::PlaceholderText));
        painter->drawText(row, Qt::AlignVCenter | Qt::AlignTrailing, isolated(detail));
    }
};

} // namespace

ChoicePopup::ChoicePopup(const QString &title, const QList<Choice> &choices, QWidget *parent)
    : QFrame(parent, Qt::Popup),
      m_choices(choices),
      m_input(new QLineEdit(this)),
      m_list(new QListWidget(this))
{
    setObjectName(QStringLiteral("choicePopup"));
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleName(title);
    setFixedSize(kSize);
    m_input->setObjectName(QStringLiteral("choiceInput"));
    m_input->setPlaceholderText(title);
    m_input->setAccessibleName(title);
    m_input->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("choiceList"));
    m_list->setAccessibleName(title);
    m_list->setItemDelegate(new ChoiceDelegate(m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    fill(choices);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(6, 6, 6, 6);
    column->addWidget(m_input);
    column->addWidget(m_list, 1);
    connect(m_input, &QLineEdit::textChanged, this, &ChoicePopup::filter);
    connect(m_list, &QListWidget::itemClicked, this, &ChoicePopup::take);
}

void ChoicePopup::setCurrent(const QString &id)
{
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->data(kIdRole).toString() == id) {
            m_list->setCurrentRow(row);
        }
    }
}

void ChoicePopup::openAbove(const QWidget &button)
{
    open(button.mapToGlobal(QPoint(button.width() - width(), -height())));
}

void ChoicePopup::openIn(const QWidget &window)
{
    open(window.mapToGlobal(QPoint((window.width() - width()) / 2, window.height() / 8)));
}

void ChoicePopup::open(const QPoint &corner)
{
    move(corner);
    show();
    m_input->setFocus(Qt::PopupFocusReason);
    m_list->scrollToItem(m_list->currentItem(), QAbstractItemView::PositionAtCenter);
}

void ChoicePopup::fill(const QList<Choice> &choices)
{
    m_list->clear();
    for (const Choice &choice : choices) {
        auto *item = new QListWidgetItem(choice.label, m_list);
        item->setData(kIdRole, choice.id);
        item->setData(kDetailRole, choice.detail);
        item->setToolTip(choice.detail);
    }
    m_list->setCurrentRow(0);
}

void ChoicePopup::filter(const QString &words)
{
    struct Fit {
        const Choice *choice;
        /// A fit of the label goes before one that needs the detail.
        std::pair<bool, int> score;
    };
    std::vector<Fit> fits;
    for (const Choice &choice : std::as_const(m_choices)) {
        if (const auto score = fuzzyMatch(words, choice.label)) {
            fits.push_back({&choice, {true, *score}});
        } else if (choice.detail.contains(words.trimmed(), Qt::CaseInsensitive)) {
            fits.push_back({&choice, {false, 0}});
        }
    }
    std::stable_sort(fits.begin(), fits.end(),
                     [](const Fit &a, const Fit &b) { return a.score > b.score; });
    QList<Choice> found;
    for (const Fit &fit : fits) {
        found.append(*fit.choice);
    }
    fill(found);
}

void ChoicePopup::moveBy(int rows)
{
    m_list->setCurrentRow(std::clamp(m_list->currentRow() + rows, 0, m_list->count() - 1));
}

void ChoicePopup::take()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (item == nullptr) {
        return;
    }
    const QString id = item->data(kIdRole).toString();
    // Closed first: what is chosen may take the focus, or open something else.
    close();
    Q_EMIT chosen(id);
}

bool ChoicePopup::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() != QEvent::KeyPress) {
        return QFrame::eventFilter(object, event);
    }
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down:
        moveBy(1);
        return true;
    case Qt::Key_Up:
        moveBy(-1);
        return true;
    case Qt::Key_PageDown:
        moveBy(m_list->height() / kRowHeight);
        return true;
    case Qt::Key_PageUp:
        moveBy(-m_list->height() / kRowHeight);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        take();
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    default:
        return false;
    }
}

} // namespace cowrite::ui
