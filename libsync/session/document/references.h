#pragma once

#include "libsync/session/document/identity.h"
#include "libsync/session/document/message.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace cowrite::session {

/// A piece of a message that points at something: at a page, at a person, at a line of the
/// document.
struct Reference {
    enum class Kind {
        Link,    ///< http, https or cowrite; `target` is the address
        Mention, ///< @Name; `target` is the name as it was given
        Line,    ///< "line 17", also in German and Spanish; `target` is the number, from 1
    };

    Kind kind = Kind::Link;
    /// The piece, in UTF-16 units of the text.
    int from = 0;
    int length = 0;
    QString target;

    friend bool operator==(const Reference &, const Reference &) = default;
};

/// What a text points at, in its order; pieces do not overlap. `names`: the people there may be
/// mentions of; names may have spaces, and of several that fit the longest is meant.
[[nodiscard]] QList<Reference> referencesIn(const QString &text, const QStringList &names);

/// Whether a message is addressed to this person by their name, and is not their own.
[[nodiscard]] bool mentions(const Message &message, const Identity &person);

} // namespace cowrite::session
