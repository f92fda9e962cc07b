#pragma once

#include "libsync/session/document/chat.h"

#include <QAbstractListModel>
#include <QColor>
#include <QHash>

namespace cowrite::ui {

/// The time for today, the day as well for anything older.
[[nodiscard]] QString messageTime(const QDateTime &time);
/// Who wrote a message, "(you)" behind one's own.
[[nodiscard]] QString messageName(const session::Message &message, const QString &selfId);

/// The messages of one conversation, a row each, oldest first.
class ChatModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { NameRole = Qt::UserRole + 1, TimeRole, TextRole, ColorRole };

    using QAbstractListModel::QAbstractListModel;

    /// `selfId` marks one's own messages with "(you)". Colours belong to user ids; who is not
    /// among them gets a grey face.
    void setMessages(const QList<session::Message> &messages, const QString &selfId);
    void setColors(const QHash<QString, QColor> &colors);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<session::Message> m_messages;
    QString m_selfId;
    QHash<QString, QColor> m_colors;
};

} // namespace cowrite::ui
