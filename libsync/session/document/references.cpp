#include "libsync/session/document/references.h"

#include <QRegularExpression>

#include <algorithm>

namespace cowrite::session {

namespace {

/// What ends a sentence or closes a bracket around an address does not belong to it.
constexpr QLatin1String kAfterAddress(".,;:!?)]}>\"'");

const QRegularExpression &addresses()
{
    static const QRegularExpression pattern(QStringLiteral("\\b(?:https?|cowrite)://[^\\s<>\"]+"),
                                            QRegularExpression::CaseInsensitiveOption |
                                                QRegularExpression::UseUnicodePropertiesOption);
    return pattern;
}

const QRegularExpression &lines()
{
    static const QRegularExpression pattern(
        QStringLiteral("\\b(?:line|zeile|l[ií]nea)\\s+([1-9][0-9]{0,6})\\b"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    return pattern;
}

bool isPartOfAWord(QChar unit)
{
    return unit.isLetterOrNumber() || unit == QLatin1Char('_');
}

void addAddresses(const QString &text, QList<Reference> &found)
{
    for (auto match = addresses().globalMatch(text); match.hasNext();) {
        const auto address = match.next();
        QString target = address.captured();
        while (kAfterAddress.contains(target.back())) {
            target.chop(1);
        }
        found.append({Reference::Kind::Link, static_cast<int>(address.capturedStart()),
                      static_cast<int>(target.size()), target});
    }
}

void addLines(const QString &text, QList<Reference> &found)
{
    for (auto match = lines().globalMatch(text); match.hasNext();) {
        const auto line = match.next();
        found.append({Reference::Kind::Line, static_cast<int>(line.capturedStart()),
                      static_cast<int>(line.capturedLength()), line.captured(1)});
    }
}

/// The longest of the names that stands at this place as a whole; empty for none.
QString nameAt(const QString &text, qsizetype from, const QStringList &names)
{
    QString longest;
    for (const QString &name : names) {
        const qsizetype end = from + name.size();
        if (name.size() > longest.size() &&
            QStringView(text).mid(from).startsWith(name, Qt::CaseInsensitive) &&
            (end == text.size() || !isPartOfAWord(text.at(end)))) {
            longest = name;
        }
    }
    return longest;
}

void addMentions(const QString &text, const QStringList &names, QList<Reference> &found)
{
    for (qsizetype at = text.indexOf(QLatin1Char('@')); at >= 0;
         at = text.indexOf(QLatin1Char('@'), at + 1)) {
        // An address of mail mentions nobody.
        if (at > 0 && isPartOfAWord(text.at(at - 1))) {
            continue;
        }
        if (const QString name = nameAt(text, at + 1, names); !name.isEmpty()) {
            found.append({Reference::Kind::Mention, static_cast<int>(at),
                          static_cast<int>(name.size()) + 1, name});
        }
    }
}

} // namespace

QList<Reference> referencesIn(const QString &text, const QStringList &names)
{
    QList<Reference> all;
    addAddresses(text, all);
    addLines(text, all);
    addMentions(text, names, all);
    std::stable_sort(all.begin(), all.end(),
                     [](const Reference &a, const Reference &b) { return a.from < b.from; });
    QList<Reference> found;
    for (const Reference &reference : std::as_const(all)) {
        if (found.isEmpty() || reference.from >= found.last().from + found.last().length) {
            found.append(reference);
        }
    }
    return found;
}

bool mentions(const Message &message, const Identity &person)
{
    if (person.name.isEmpty() || message.author == person.userId) {
        return false;
    }
    const QList<Reference> references = referencesIn(message.text, {person.name});
    return std::any_of(references.begin(), references.end(), [](const Reference &reference) {
        return reference.kind == Reference::Kind::Mention;
    });
}

} // namespace cowrite::session
