#pragma once

#include "libsync/session/history/history.h"
#include "ui/editor/line_author.h"

#include <QColor>
#include <QDate>
#include <QString>

namespace cowrite::ui {

/// "Today 09:15", "Yesterday 17:31", "12 March 16:02", with the year if it is another one.
[[nodiscard]] QString dayAndTime(const QDateTime &time, const QDate &today);
/// The same within a sentence: "09:15", "yesterday 17:31", "12 March 16:02".
[[nodiscard]] QString dayAndTimeInSentence(const QDateTime &time, const QDate &today);

/// "+48 −3"; what is nothing is left out.
[[nodiscard]] QString changeCounts(quint32 inserted, quint32 deleted);

/// The name of an author, or "Somebody".
[[nodiscard]] QString nameOf(const session::Author &author);
/// Grey for an author without a colour.
[[nodiscard]] QColor colorOf(const session::Author &author);
/// Who wrote a line, by the last edit in it.
[[nodiscard]] LineAuthor lineAuthor(const session::EditInfo &edit);

} // namespace cowrite::ui
