#include "libsync/session/document/foreign_name.h"

#include <QList>

namespace cowrite::session {

namespace {

constexpr int kMostMarks = 2;
/// They join letters and pictures in honest names.
constexpr char32_t kNonJoiner = 0x200C;
constexpr char32_t kJoiner = 0x200D;

enum class Kind { Shown, Mark, Space, Hidden };

Kind kindOf(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
        return Kind::Mark;
    case QChar::Separator_Space:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
    case QChar::Other_Control:
        return Kind::Space;
    case QChar::Other_Format:
        return c == kJoiner || c == kNonJoiner ? Kind::Mark : Kind::Hidden;
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
        return Kind::Hidden;
    default:
        return Kind::Shown;
    }
}

} // namespace

QString foreignName(const QString &text, qsizetype longest)
{
    QString name;
    int marks = 0;
    bool isSpaceDue = false;
    for (const char32_t c : text.toUcs4()) {
        const Kind kind = kindOf(c);
        if (kind == Kind::Space) {
            isSpaceDue = !name.isEmpty();
            continue;
        }
        marks = kind == Kind::Mark ? marks + 1 : 0;
        if (kind == Kind::Hidden || marks > kMostMarks) {
            continue;
        }
        const QString more =
            (isSpaceDue ? QStringLiteral(" ") : QString()) + QString::fromUcs4(&c, 1);
        if (name.size() + more.size() > longest) {
            break;
        }
        name += more;
        isSpaceDue = false;
    }
    return name;
}

} // namespace cowrite::session
