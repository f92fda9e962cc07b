#pragma once

#include "libsync/session/replica/replica.h"

#include <QString>

namespace cowrite::ui {

/// How a sentence about the state of things is meant; the dot in the status bar takes its colour
/// from it. The words alone say the same.
enum class Tone { Good, Waiting, Bad };

/// How safe my edits are, in ascending order.
enum class Safety { NotSaved, Here, Everywhere };

struct StatusSentence {
    QString text;
    Tone tone = Tone::Good;
    Safety safety = Safety::Here;

    friend bool operator==(const StatusSentence &, const StatusSentence &) = default;
};

/// What the sentences are made from: a Replica's own words for the same things.
struct SavedState {
    session::EditCounts edits;
    session::DiskState disk = session::DiskState::Ok;
    session::LinkState link = session::LinkState::Local;
    QString server;
    bool serverConfirms = true;
};

[[nodiscard]] SavedState savedState(const session::Replica &replica);

/// Where my edits are: "Saved here and on studio.local", "Offline: 12 edits saved on this
/// computer", "Not saved: disk full". Never says saved for what is not (product.md, law 1).
[[nodiscard]] StatusSentence savedSentence(const SavedState &state);

/// "Retrying in 8 s", "Round trip 4 ms", or empty.
[[nodiscard]] QString connectionSentence(const session::Replica &replica);

/// "4 people", "1 person"; empty for a document nobody else can see.
[[nodiscard]] QString peopleSentence(const session::Replica &replica);

/// What the banner above the text says, or nothing.
struct BannerText {
    /// The first sentence, in bold; empty for no banner.
    QString title;
    QString text;
    /// The label of the button; empty for none.
    QString action;
    Tone tone = Tone::Waiting;
    /// The label of a second button; empty for none.
    QString otherAction{};

    friend bool operator==(const BannerText &, const BannerText &) = default;
};

/// The banner for a replica. `wasOffline` keeps it while an attempt to connect runs, so that it
/// does not flicker.
[[nodiscard]] BannerText bannerFor(const session::Replica &replica, bool wasOffline);

/// Splits a message after its first sentence.
[[nodiscard]] BannerText bannerOf(const QString &message, Tone tone);

} // namespace cowrite::ui
