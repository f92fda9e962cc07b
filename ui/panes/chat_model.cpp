#include "ui/panes/chat_model.h"

#include "ui/look/face.h"
#include "ui/words/clock_time.h"

#include <QLocale>

#include <algorithm>
#include <numeric>

namespace cowrite::ui {

namespace {

QString plainName(const session::Message &message)
{
    return message.name.isEmpty() ? ChatModel::tr("Somebody") : message.name;
}

} // namespace

QString messageTime(const QDateTime &time)
{
    const QDateTime local = time.toLocalTime();
    const QString clock = clockTime(local);
    return local.date() == QDate::currentDate()
               ? clock
               : QLocale().toString(local.date(), QLocale::ShortFormat) + QLatin1Char(' ') + clock;
}

QString messageName(const session::Message &message, const QString &selfId)
{
    const bool isMine = !selfId.isEmpty() && message.author == selfId;
    return isMine ? ChatModel::tr("%1 (you)").arg(plainName(message)) : plainName(message);
}

void ChatModel::setMessages(const QList<session::Message> &messages, const session::Identity &self)
{
    const bool grownOnly =
        self == m_self && messages.size() >= m_messages.size() &&
        std::equal(m_messages.begin(), m_messages.end(), messages.begin(),
                   [](const auto &a, const auto &b) { return a.id == b.id && a.text == b.text; });
    const auto known = static_cast<int>(grownOnly ? m_messages.size() : 0);
    m_self = self;
    m_messages = messages;
    if (!grownOnly) {
        m_authors.clear();
        m_places.clear();
    }
    QList<int> added;
    for (int place = known; place < static_cast<int>(messages.size()); ++place) {
        m_authors.insert(messages.at(place).name);
        // Other programs may leave it out, or use one twice.
        if (const QString &id = messages.at(place).id; !id.isEmpty() && !m_places.contains(id)) {
            m_places.insert(id, place);
        }
        if (matches(messages.at(place))) {
            added.append(place);
        }
    }
    if (!grownOnly || known == 0) {
        reset();
    } else if (!added.isEmpty()) {
        const auto first = static_cast<int>(m_rows.size());
        beginInsertRows({}, first, first + static_cast<int>(added.size()) - 1);
        m_rows.append(added);
        endInsertRows();
    }
}

void ChatModel::reset()
{
    beginResetModel();
    m_rows.clear();
    for (auto place = static_cast<int>(m_messages.size()) - 1; place >= 0; --place) {
        if (m_search.isEmpty() && m_rows.size() == kPage) {
            break;
        }
        if (matches(m_messages.at(place))) {
            m_rows.append(place);
        }
    }
    std::reverse(m_rows.begin(), m_rows.end());
    endResetModel();
}

void ChatModel::setPeople(const QStringList &names, const QHash<QString, QColor> &colors)
{
    m_people = names;
    // Who has left keeps their colour for as long as this window lives.
    bool changed = false;
    for (auto it = colors.begin(); it != colors.end(); ++it) {
        changed = changed || m_colors.value(it.key()) != it.value();
        m_colors.insert(it.key(), it.value());
    }
    if (changed && !m_rows.isEmpty()) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {ColorRole});
    }
}

void ChatModel::setSearch(const QString &search)
{
    if (search != m_search) {
        m_search = search;
        reset();
    }
}

bool ChatModel::hasEarlier() const
{
    return m_search.isEmpty() && !m_rows.isEmpty() && m_rows.first() > 0;
}

void ChatModel::showEarlier()
{
    if (!hasEarlier()) {
        return;
    }
    const int end = m_rows.first();
    const int begin = std::max(0, end - kPage);
    QList<int> earlier(end - begin);
    std::iota(earlier.begin(), earlier.end(), begin);
    beginInsertRows({}, 0, static_cast<int>(earlier.size()) - 1);
    m_rows = earlier + m_rows;
    endInsertRows();
}

int ChatModel::showMessage(const QString &id)
{
    const int place = m_places.value(id, -1);
    while (place >= 0 && hasEarlier() && m_rows.first() > place) {
        showEarlier();
    }
    return static_cast<int>(m_rows.indexOf(place));
}

QStringList ChatModel::names() const
{
    QSet<QString> all = m_authors;
    for (const QString &name : m_people) {
        all.insert(name);
    }
    all.remove(QString());
    QStringList sorted(all.begin(), all.end());
    sorted.sort(Qt::CaseInsensitive);
    return sorted;
}

bool ChatModel::matches(const session::Message &message) const
{
    return m_search.isEmpty() || message.text.contains(m_search, Qt::CaseInsensitive) ||
           message.name.contains(m_search, Qt::CaseInsensitive);
}

const session::Message *ChatModel::find(const QString &id) const
{
    const auto place = m_places.constFind(id);
    return place == m_places.constEnd() ? nullptr : &m_messages.at(*place);
}

QString ChatModel::quoteOf(const session::Message &message) const
{
    const session::Message *quoted = find(message.replyTo);
    return quoted == nullptr
               ? QString()
               : tr("%1: %2").arg(messageName(*quoted, m_self.userId), quoted->text.simplified());
}

int ChatModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant ChatModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const session::Message &message = m_messages.at(m_rows.at(index.row()));
    switch (role) {
    case IdRole:
        return message.id;
    case NameRole:
        return messageName(message, m_self.userId);
    case Qt::DisplayRole:
    case TextRole:
        return message.text;
    case TimeRole:
        return messageTime(message.time);
    case ColorRole:
        return m_colors.value(message.author, kUnknownPerson);
    case ReferencesRole:
        return QVariant::fromValue(session::referencesIn(message.text, names()));
    case QuoteRole:
        return quoteOf(message);
    case QuotedIdRole:
        return find(message.replyTo) == nullptr ? QString() : message.replyTo;
    case MentionsSelfRole:
        return session::mentions(message, m_self);
    case Qt::AccessibleTextRole:
        return accessibleText(message);
    default:
        return {};
    }
}

QString ChatModel::accessibleText(const session::Message &message) const
{
    const QString said =
        tr("%1, %2: %3").arg(plainName(message), messageTime(message.time), message.text);
    const session::Message *quoted = find(message.replyTo);
    return quoted == nullptr ? said : tr("%1 (answers %2)").arg(said, plainName(*quoted));
}

} // namespace cowrite::ui
