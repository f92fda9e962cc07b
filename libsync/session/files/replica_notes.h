#pragma once

#include "libsync/protocol/access.h"
#include "libsync/protocol/dialect.h"
#include "libsync/session/files/text_file.h"
#include "libsync/store/types.h"

#include <QString>

#include <optional>
#include <string>

namespace cowrite::session {

/// The file that a document came from or is kept in step with.
struct FileNotes {
    /// Absolute, as the person chose it; empty for none.
    QString path;
    /// Changes of the document are written to the file, and the other way round.
    bool isKept = false;
    /// Whatever is in the file is to be replaced: the person has agreed, and it is not done yet.
    bool isReplacing = false;
    /// The name of what both last had in common (BaseTexts); empty for nothing.
    QString base;
    /// What is being written to the file, and will be what they have in common.
    QString next;
};

/// What only the app keeps about a document, in store::DocumentInfo::extra.
struct ReplicaNotes {
    /// What an imported file had, and an export writes again.
    TextForm form;
    FileNotes file;
    /// The name of the update (as of a base text) that a document without an identity came from.
    QString importedUpdate;
    /// The root that was chosen in a foreign room; empty for none.
    QString contentRoot;
    /// What the server speaks, once that has been found out.
    std::optional<protocol::Dialect> dialect;
    /// A room of another program has been in step with this document: one that has nothing of it
    /// was made anew.
    bool hasJoined = false;
    /// The room was joined with something that lets one in, which the keyring has, if there is one.
    bool hasInvitation = false;
    /// It is shared from here, and is to be so again when it is opened.
    bool isShared = false;
    /// The local network may be told of it while it is shared.
    bool isAnnounced = false;
    /// Edits that waited for the server when this was written, and the last place then.
    quint64 waiting = 0;
    store::Seq waitingAt = 0;
    /// What the server of a joined room let this person do, when it last said so.
    protocol::Access access = protocol::Access::Edit;

    [[nodiscard]] std::string toJson() const;
    /// Takes defaults for what is missing or broken.
    [[nodiscard]] static ReplicaNotes fromJson(const std::string &json);
};

} // namespace cowrite::session
