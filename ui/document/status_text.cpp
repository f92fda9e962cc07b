#include "ui/document/status_text.h"

#include "ui/words/sentence.h"
#include "ui/words/translation.h"

#include <QCoreApplication>

#include <cmath>

namespace cowrite::ui {

namespace {

using session::DiskState;
using session::LinkState;

struct Status {
    Q_DECLARE_TR_FUNCTIONS(Status)
};

/// Servers without a name of their own are "the server".
QString nameOf(const QString &server)
{
    return server.isEmpty() ? Status::tr("the server") : server;
}

} // namespace

SavedState savedState(const session::Replica &replica)
{
    return {replica.edits(), replica.diskState(), replica.link(), replica.serverName(),
            replica.serverConfirms()};
}

StatusSentence savedSentence(const SavedState &state)
{
    switch (state.disk) {
    case DiskState::Ok:
        break;
    case DiskState::Full:
        return {Status::tr("Not saved: disk full"), Tone::Bad, Safety::NotSaved};
    case DiskState::ReadOnly:
        return {Status::tr("Not saved: the disk cannot be written to"), Tone::Bad,
                Safety::NotSaved};
    case DiskState::Failed:
        return {Status::tr("Not saved: the disk does not work"), Tone::Bad, Safety::NotSaved};
    }
    if (state.edits.unsaved > 0) {
        return {Status::tr("Saving…"), Tone::Waiting, Safety::NotSaved};
    }
    const QString server = nameOf(state.server);
    const quint64 waiting = state.edits.waiting;
    const int count = pluralOf(waiting);
    switch (state.link) {
    case LinkState::Local:
        return {Status::tr("Saved on this computer"), Tone::Good, Safety::Everywhere};
    case LinkState::Hosting:
        return {Status::tr("Saved here, shared from this computer"), Tone::Good,
                Safety::Everywhere};
    case LinkState::Connecting:
        return {waiting == 0 ? Status::tr("Saved here, connecting to %1").arg(server)
                             : Status::tr("Connecting to %1: %Ln edit(s) saved on this computer",
                                          nullptr, count)
                                   .arg(server),
                Tone::Waiting};
    case LinkState::Online:
        if (waiting > 0) {
            return {
                Status::tr("Saved here, %Ln edit(s) on the way to %1", nullptr, count).arg(server),
                Tone::Waiting};
        }
        return {(state.serverConfirms ? Status::tr("Saved here and on %1")
                                      : Status::tr("Saved here, sent to %1"))
                    .arg(server),
                Tone::Good, Safety::Everywhere};
    case LinkState::Offline:
        return {waiting == 0
                    ? Status::tr("Offline: everything saved on this computer")
                    : Status::tr("Offline: %Ln edit(s) saved on this computer", nullptr, count),
                Tone::Waiting};
    case LinkState::Refused:
        return {waiting == 0 ? Status::tr("Not connected: everything saved on this computer")
                             : Status::tr("Not connected: %Ln edit(s) saved on this computer",
                                          nullptr, count),
                Tone::Waiting};
    }
    return {};
}

QString connectionSentence(const session::Replica &replica)
{
    using std::chrono::seconds;
    if (replica.link() == LinkState::Offline) {
        const auto wait = replica.nextAttempt();
        if (!wait) {
            return Status::tr("Not trying to connect");
        }
        const auto rounded = std::chrono::ceil<seconds>(*wait).count();
        return rounded > 0 ? Status::tr("Retrying in %1 s").arg(rounded) : Status::tr("Retrying…");
    }
    if (const auto trip = replica.roundTrip(); trip && replica.link() == LinkState::Online) {
        return Status::tr("Round trip %1 ms").arg(trip->count());
    }
    return {};
}

QString peopleSentence(const session::Replica &replica)
{
    if (replica.link() == LinkState::Local) {
        return {};
    }
    const std::size_t count = replica.people().size();
    return Status::tr("%Ln person(s)", nullptr, pluralOf(count));
}

BannerText bannerOf(const QString &message, Tone tone)
{
    BannerText banner;
    banner.tone = tone;
    const qsizetype end = message.indexOf(QLatin1String(". "));
    banner.title = end < 0 ? message : message.left(end + 1);
    banner.text = end < 0 ? QString() : message.mid(end + 2);
    return banner;
}

BannerText bannerFor(const session::Replica &replica, bool wasOffline)
{
    if (replica.diskState() != DiskState::Ok) {
        BannerText banner = bannerOf(sentenceOf(replica.diskMessage()), Tone::Bad);
        if (banner.text.isEmpty()) {
            banner.text =
                Status::tr("Keep this window open: your text is here until it can be saved.");
        }
        return banner;
    }
    const LinkState link = replica.link();
    if (link == LinkState::Refused) {
        BannerText banner = bannerOf(sentenceOf(replica.linkMessage()), Tone::Bad);
        if (replica.isReplaced()) {
            banner.action = Status::tr("Open the other one");
            banner.otherAction = Status::tr("Publish mine anew");
        } else {
            banner.action = Status::tr("Try again");
            if (const QString why = replica.invitationMessage(); !why.isEmpty()) {
                banner.text = why;
            }
        }
        return banner;
    }
    if (const QString message = replica.fileMessage(); !message.isEmpty()) {
        BannerText banner = bannerOf(sentenceOf(message), Tone::Bad);
        if (replica.isFileMissing()) {
            banner.action = Status::tr("Write it again");
        }
        return banner;
    }
    if (link == LinkState::Offline || (link == LinkState::Connecting && wasOffline)) {
        return {Status::tr("You are offline."),
                Status::tr(
                    "Keep writing: every edit is safe here and syncs when the connection returns."),
                Status::tr("Connect now"), Tone::Waiting};
    }
    if (!protocol::mayEdit(replica.access())) {
        return {Status::tr("You can read this document, but not change it."),
                replica.edits().waiting > 0
                    ? Status::tr(
                          "What you wrote before stays on this computer. Ask for a link with which "
                          "you can write.")
                    : Status::tr("Ask for a link with which you can write."),
                {},
                Tone::Waiting};
    }
    if (replica.isReadOnly()) {
        return {Status::tr("You can read this document, but not change it."),
                Status::tr("It was made by a program that can do more than this version."),
                {},
                Tone::Waiting};
    }
    if (replica.damagedRows() > 0) {
        return {Status::tr("A part of this document could not be read from the disk."),
                Status::tr("It comes back as soon as somebody who has it is connected."),
                {},
                Tone::Waiting};
    }
    return {};
}

} // namespace cowrite::ui
