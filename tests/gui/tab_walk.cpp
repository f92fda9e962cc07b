#include "tests/gui/tab_walk.h"

#include <QApplication>
#include <QPlainTextEdit>
#include <QSet>
#include <QTest>

namespace cowrite::guitest {

namespace {

/// More steps than any window has controls.
constexpr int kManySteps = 200;

QString nameOf(const QWidget &widget)
{
    return QStringLiteral("%1 %2 “%3”")
        .arg(QLatin1String(widget.metaObject()->className()), widget.objectName(),
             widget.accessibleName());
}

/// The parts of Qt's own composite widgets stand for their whole.
bool isPartOfAWhole(const QWidget &widget)
{
    return widget.objectName().startsWith(QLatin1String("qt_")) || widget.focusProxy() != nullptr;
}

QSet<QWidget *> controlsIn(const QWidget &root)
{
    QSet<QWidget *> controls;
    for (QWidget *widget : root.findChildren<QWidget *>()) {
        if (widget->isVisible() && widget->isEnabled() && widget->window() == root.window() &&
            (widget->focusPolicy() & Qt::TabFocus) != 0 && !isPartOfAWhole(*widget)) {
            controls.insert(widget);
        }
    }
    return controls;
}

/// Whether a picture of the control differs with the focus in it and without.
bool showsFocus(QWidget &control)
{
    const QImage with = control.grab().toImage();
    control.clearFocus();
    const QImage without = control.grab().toImage();
    control.setFocus(Qt::TabFocusReason);
    return with != without;
}

bool takesTab(const QWidget &widget)
{
    const auto *text = qobject_cast<const QPlainTextEdit *>(&widget);
    return text != nullptr && !text->tabChangesFocus() && !text->isReadOnly();
}

QRect placeOf(const QWidget &widget)
{
    return {widget.mapTo(widget.window(), QPoint(0, 0)), widget.size()};
}

/// Whether one who reads comes to `next` after `now`: it is within it, below it, or further on.
bool comesAfter(const QWidget &next, const QWidget &now)
{
    const QRect a = placeOf(now);
    const QRect b = placeOf(next);
    return now.isAncestorOf(&next) || b.top() >= a.bottom() || b.left() >= a.right();
}

/// A walk in one direction.
class Walk {
public:
    Walk(Qt::Key key, QStringList &findings) : m_key(key), m_findings(findings) {}

    void go()
    {
        const QWidget *const begin = QApplication::focusWidget();
        int turns = 0;
        for (int step = 0; step < kManySteps; ++step) {
            QWidget *const now = QApplication::focusWidget();
            if (now == nullptr) {
                m_findings.append(QStringLiteral("nothing has the focus"));
                return;
            }
            look(*now);
            if (!leave(*now)) {
                return;
            }
            m_last = now;
            const QWidget *const next = QApplication::focusWidget();
            if (next == begin) {
                return;
            }
            if (next == now) {
                add("there is no way on from", *now);
                return;
            }
            const bool isOn = next == nullptr || (m_key == Qt::Key_Tab ? comesAfter(*next, *now)
                                                                       : comesAfter(*now, *next));
            // Once it goes from the end to the beginning.
            if (!isOn && ++turns > 1) {
                add("out of the order in which one reads is", *next);
            }
        }
    }

    [[nodiscard]] const QSet<QWidget *> &seen() const { return m_seen; }
    /// Whether a text was left by F6, or stopped the walk.
    [[nodiscard]] bool hasMetText() const { return m_hasMetText; }
    /// The one before it came round.
    [[nodiscard]] QWidget *last() const { return m_last; }

private:
    void look(QWidget &control)
    {
        if (!m_seen.contains(&control) && !showsFocus(control)) {
            add("the focus cannot be seen:", control);
        }
        m_seen.insert(&control);
    }

    bool leave(QWidget &control)
    {
        const bool isText = takesTab(control);
        m_hasMetText = m_hasMetText || isText;
        if (isText && m_key == Qt::Key_Backtab) {
            return false;
        }
        QTest::keyClick(&control, isText ? Qt::Key_F6 : m_key);
        return true;
    }

    void add(const char *what, const QWidget &where)
    {
        m_findings.append(QLatin1String(what) + QLatin1Char(' ') + nameOf(where));
    }

    Qt::Key m_key;
    QStringList &m_findings;
    QSet<QWidget *> m_seen;
    QWidget *m_last = nullptr;
    bool m_hasMetText = false;
};

} // namespace

QStringList walkThrough(const QWidget &root)
{
    QStringList findings;
    const QSet<QWidget *> before = controlsIn(root);
    Walk on(Qt::Key_Tab, findings);
    on.go();
    if (on.last() != nullptr) {
        on.last()->setFocus(Qt::BacktabFocusReason);
    }
    Walk back(Qt::Key_Backtab, findings);
    back.go();
    // Some controls show only while another one has the focus: those are not asked for.
    const QSet<QWidget *> controls = controlsIn(root) & before;
    for (QWidget *control : controls) {
        const bool came = on.seen().contains(control);
        const bool wentBack = back.seen().contains(control);
        if (on.hasMetText() ? !came && !wentBack : !came || !wentBack) {
            findings.append(QStringLiteral("Tab does not come to ") + nameOf(*control));
        }
    }
    findings.removeDuplicates();
    return findings;
}

} // namespace cowrite::guitest
