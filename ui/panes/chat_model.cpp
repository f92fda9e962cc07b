#include "ui/panes/chat_model.h"

#include "ui/look/face.h"

#include <QLocale>

#include <algorithm>

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
    const QString clock = local.toString(QStringLiteral("HH:mm"));
    return local.date() == QDate::currentDate()
               ? clock
               : QLocale().toString(local.date(), QLocale::ShortFormat) + QLatin1Char(' ') + clock;
}

QString messageName(const session::Message &message, const QString &selfId)
{
    const bool isMine = !selfId.isEmpty() && message.author == selfId;
    return isMine ? ChatModel::tr("%1 (you)").arg(plainName(message)) : plainName(message);
}

void ChatModel::setMessages(const QList<session::Message> &messages, const QString &selfId)
{
    m_selfId = selfId;
    const bool grownOnly =
        messages.size() >= m_messages.size() &&
        std::equal(m_messages.begin(), m_messages.end(), messages.begin(),
                   [](const auto &a, const auto &b) { return a.id == b.id && a.text == b.text; });
    if (!grownOnly) {
        beginResetModel();
        m_messages = messages;
        endResetModel();
    } else if (messages.size() > m_messages.size()) {
        beginInsertRows({}, static_cast<int>(m_messages.size()),
                        static_cast<int>(messages.size()) - 1);
        m_messages = messages;
        endInsertRows();
    }
}

void ChatModel::setColors(const QHash<QString, QColor> &colors)
{
    // Who has left keeps their colour for as long as this window lives.
    bool changed = false;
    for (auto it = colors.begin(); it != colors.end(); ++it) {
        changed = changed || m_colors.value(it.key()) != it.value();
        m_colors.insert(it.key(), it.value());
    }
    if (changed && !m_messages.isEmpty()) {
        Q_EMIT dataChanged(index(0), index(static_cast<int>(m_messages.size()) - 1), {ColorRole});
    }
}

int ChatModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_messages.size());
}

QVariant ChatModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const session::Message &message = m_messages.at(index.row());
    switch (role) {
    case NameRole:
        return messageName(message, m_selfId);
    case Qt::DisplayRole:
    case TextRole:
        return message.text;
    case TimeRole:
        return messageTime(message.time);
    case ColorRole:
        return m_colors.value(message.author, kUnknownPerson);
    case Qt::AccessibleTextRole:
        return tr("%1, %2: %3").arg(plainName(message), messageTime(message.time), message.text);
    default:
        return {};
    }
}

} // namespace cowrite::ui
