#pragma once

#include "libsync/session/document/chat.h"
#include "libsync/session/document/identity.h"
#include "libsync/session/document/references.h"

#include <QAbstractListModel>
#include <QColor>
#include <QHash>
#include <QSet>

namespace cowrite::ui {

/// The time for today, the day as well for anything older.
[[nodiscard]] QString messageTime(const QDateTime &time);
/// Who wrote a message, "(you)" behind one's own.
[[nodiscard]] QString messageName(const session::Message &message, const QString &selfId);

/// The messages of one conversation, a row each, oldest first: the latest kPage, and earlier ones
/// as they are asked for; or, while something is searched for, all that have it.
class ChatModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole + 1,
        NameRole,
        TimeRole,
        TextRole,
        ColorRole,
        ReferencesRole,  ///< QList<session::Reference> in the text
        QuoteRole,       ///< what the message answers, in one line; empty for nothing
        QuotedIdRole,    ///< the id of that message
        MentionsSelfRole ///< whether it is addressed to this person
    };
    static constexpr int kPage = 200;

    using QAbstractListModel::QAbstractListModel;

    /// `self` tells one's own messages and what is addressed to oneself. Colours belong to user
    /// ids; who is not among them gets a grey face.
    void setMessages(const QList<session::Message> &messages, const session::Identity &self);
    /// Those who are there, who may be mentioned beside those who wrote.
    void setPeople(const QStringList &names, const QHash<QString, QColor> &colors);
    /// Only messages that have this in their text or author; empty for no search.
    void setSearch(const QString &search);

    [[nodiscard]] bool hasEarlier() const;
    /// Adds kPage rows before the first.
    void showEarlier();
    /// The row of a message, which is loaded for that; -1 if there is none or the search hides it.
    int showMessage(const QString &id);
    /// Everybody who may be mentioned, sorted.
    [[nodiscard]] QStringList names() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

private:
    [[nodiscard]] bool matches(const session::Message &message) const;
    [[nodiscard]] const session::Message *find(const QString &id) const;
    [[nodiscard]] QString quoteOf(const session::Message &message) const;
    [[nodiscard]] QString accessibleText(const session::Message &message) const;
    void reset();

    QList<session::Message> m_messages;
    /// Where each stands in m_messages, by its id.
    QHash<QString, int> m_places;
    /// Places in m_messages, a row each.
    QList<int> m_rows;
    session::Identity m_self;
    QString m_search;
    QSet<QString> m_authors;
    QStringList m_people;
    QHash<QString, QColor> m_colors;
};

} // namespace cowrite::ui
