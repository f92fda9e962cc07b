#pragma once

#include "libsync/base/rng.h"

#include <QString>
#include <QStringList>

namespace cowrite::session {

/// Who writes: what others see of this person in every document.
struct Identity {
    /// Opaque, made once per profile; authorship and chat refer to it.
    QString userId;
    QString name;
    /// `#rrggbb`, usually one of palette().
    QString color;

    /// The colour at 20 %, as editors of the Yjs world expect it: `#rrggbb33`.
    [[nodiscard]] QString colorLight() const { return color + QLatin1String("33"); }

    friend bool operator==(const Identity &, const Identity &) = default;
};

/// What others are told of this person beside that.
struct Telling {
    bool place = true;  ///< where in the text their caret is
    bool typing = true; ///< that they are typing

    friend bool operator==(const Telling &, const Telling &) = default;
};

/// Twelve colours that are easy to tell apart on light and on dark ground, as `#rrggbb`.
[[nodiscard]] const QStringList &palette();

/// A new person: a random user id and a random colour of the palette.
[[nodiscard]] Identity newIdentity(const QString &name, Rng &rng);

/// 128 random bits as 22 characters of base64url: user ids, document identities, room names.
[[nodiscard]] QString randomKey(Rng &rng);

} // namespace cowrite::session
