#include "ui/window/life_choice.h"

#include <QDateTime>
#include <QLocale>

#include <array>

namespace cowrite::ui {

namespace {

using std::chrono::hours;
using std::chrono::seconds;

/// The last choice is the one without end.
constexpr std::array kLives{hours(1), hours(24), hours(7 * 24), hours(30 * 24)};
constexpr int kEndless = static_cast<int>(kLives.size());
/// Where the end of a link stands that is none of these.
constexpr int kUntil = kEndless + 1;

/// The choice that was made not long ago.
std::optional<int> freshChoice(seconds left)
{
    for (std::size_t i = 0; i < kLives.size(); ++i) {
        if (left <= kLives[i] && left > kLives[i] - kLives[i] / 10.0) {
            return static_cast<int>(i);
        }
    }
    return std::nullopt;
}

} // namespace

LifeChoice::LifeChoice(QWidget *parent) : QComboBox(parent)
{
    addItems({tr("1 hour"), tr("1 day"), tr("7 days"), tr("30 days"), tr("no end")});
    connect(this, &QComboBox::activated, this, [this](int index) {
        if (index < kEndless) {
            Q_EMIT chosen(kLives.at(static_cast<std::size_t>(index)));
        } else if (index == kEndless) {
            Q_EMIT chosen(std::nullopt);
        }
    });
}

void LifeChoice::setLeft(std::optional<seconds> left)
{
    removeItem(kUntil);
    const std::optional<int> choice = left ? freshChoice(*left) : std::optional(kEndless);
    if (!choice) {
        const QDateTime end = QDateTime::currentDateTime().addSecs(left->count());
        addItem(tr("until %1").arg(QLocale().toString(end, QLocale::ShortFormat)));
    }
    setCurrentIndex(choice.value_or(kUntil));
}

} // namespace cowrite::ui
