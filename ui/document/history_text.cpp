#include "ui/document/history_text.h"

#include "ui/look/face.h"
#include "ui/words/clock_time.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace cowrite::ui {

namespace {

struct History {
    Q_DECLARE_TR_FUNCTIONS(History)
};

QString dateAndTime(const QDateTime &local, const QDate &today)
{
    const QDate date = local.date();
    const QString day = QLocale().toString(
        date, date.year() == today.year() ? History::tr("d MMMM") : History::tr("d MMMM yyyy"));
    return day + QLatin1Char(' ') + clockTime(local);
}

} // namespace

QString dayAndTime(const QDateTime &time, const QDate &today)
{
    const QDateTime local = time.toLocalTime();
    if (local.date() == today) {
        return History::tr("Today %1").arg(clockTime(local));
    }
    if (local.date() == today.addDays(-1)) {
        return History::tr("Yesterday %1").arg(clockTime(local));
    }
    return dateAndTime(local, today);
}

QString dayAndTimeInSentence(const QDateTime &time, const QDate &today)
{
    const QDateTime local = time.toLocalTime();
    if (local.date() == today) {
        return clockTime(local);
    }
    if (local.date() == today.addDays(-1)) {
        return History::tr("yesterday %1").arg(clockTime(local));
    }
    return dateAndTime(local, today);
}

QString changeCounts(quint32 inserted, quint32 deleted)
{
    QStringList parts;
    if (inserted > 0) {
        parts.append(QLatin1Char('+') + QLocale().toString(inserted));
    }
    if (deleted > 0) {
        parts.append(QChar(0x2212) + QLocale().toString(deleted));
    }
    return parts.join(QLatin1Char(' '));
}

QString nameOf(const session::Author &author)
{
    return author.name.isEmpty() ? History::tr("Somebody") : author.name;
}

QColor colorOf(const session::Author &author)
{
    const QColor color(author.color);
    return color.isValid() ? color : kUnknownPerson;
}

LineAuthor lineAuthor(const session::EditInfo &edit)
{
    return {nameOf(edit.author), colorOf(edit.author),
            dayAndTimeInSentence(edit.time, QDate::currentDate())};
}

} // namespace cowrite::ui
