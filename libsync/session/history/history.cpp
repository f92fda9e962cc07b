#include "libsync/session/history/history.h"

#include "libsync/session/document/another_thread.h"
#include "libsync/session/document/date_time.h"
#include "libsync/session/history/history_private.h"
#include "libsync/store/damage.h"

#include <QLoggingCategory>
#include <QPointer>

#include <algorithm>

namespace cowrite::session {

namespace {

Q_LOGGING_CATEGORY(lcHistory, "cowrite.session.history", QtWarningMsg)

/// The timeline of everything that is stored. What cannot be read is left out, as when the
/// document itself was opened.
std::unique_ptr<Timeline> timelineOf(const store::StoredDocument &stored, const std::string &root)
{
    auto timeline = std::make_unique<Timeline>(root);
    for (const store::StoredUpdate &update : stored.updates) {
        if (const auto added = timeline->add(update.bytes, update.time, update.author); !added) {
            qCWarning(lcHistory, "update %llu: %s", static_cast<unsigned long long>(update.seq),
                      added.error().message.c_str());
        }
    }
    if (store::damagedContentRows(stored) > 0 && !stored.checkpoint.empty()) {
        // What the damaged updates wrote is at least known as it was later.
        const auto time = stored.updates.empty() ? std::chrono::system_clock::time_point()
                                                 : stored.updates.back().time;
        if (const auto added = timeline->add(stored.checkpoint, time, {}); !added) {
            qCWarning(lcHistory, "checkpoint: %s", added.error().message.c_str());
        }
    }
    (void)timeline->runs(); // makes them here and not on the main thread
    return timeline;
}

} // namespace

History::Private::Private(Context itsContext)
    : context(std::move(itsContext)),
      authors(context.logged.doc(), context.awareness, context.self),
      named(context.logged.doc(), context.origin)
{
    changes = context.logged.changed.connect(
        [this](ByteView update, store::Seq seq, const crdt::Transaction &transaction) {
            onChanged(update, seq, transaction);
        });
    authorChanges =
        authors.changed.connect([this] { announce(areAuthorsNew, &History::authorsChanged); });
    versionChanges =
        named.changed.connect([this] { announce(areVersionsNew, &History::versionsChanged); });
}

void History::Private::onRead(std::unique_ptr<Timeline> read, store::Seq lastSeq)
{
    timeline = std::move(read);
    for (const Waiting &it : std::exchange(waiting, {})) {
        if (it.seq > lastSeq) {
            (void)timeline->add(it.update, it.time, it.user);
        }
    }
    regroup();
    Q_EMIT q->loaded();
}

void History::Private::onChanged(ByteView update, store::Seq seq,
                                 const crdt::Transaction &transaction)
{
    if (!failure.isEmpty()) {
        return;
    }
    std::string user = context.authorOf(transaction);
    const auto time = context.clock.wallNow();
    if (!timeline) {
        waiting.push_back({seq, Bytes(update.begin(), update.end()), time, std::move(user)});
        return;
    }
    const Moment before = timeline->now();
    if (const auto added = timeline->add(update, time, user); !added) {
        qCWarning(lcHistory, "edit: %s", added.error().message.c_str());
    }
    if (timeline->now() > before) {
        group(before);
        announce(isExtended, &History::extended);
    }
}

void History::Private::group(Moment from)
{
    for (Moment moment = from + 1; moment <= timeline->now(); ++moment) {
        const TimelineEdit &edit = timeline->editBefore(moment);
        entries.add({moment, edit.time, edit.inserted, edit.deleted}, author(edit.writer));
    }
}

void History::Private::regroup()
{
    authorOfWriter.clear();
    entries.clear();
    if (timeline) {
        group(0);
    }
}

const Author &History::Private::author(std::uint32_t writer)
{
    if (writer >= authorOfWriter.size()) {
        authorOfWriter.resize(timeline->writers().size());
    }
    std::optional<Author> &author = authorOfWriter[writer];
    if (!author) {
        const Writer &it = timeline->writers()[writer];
        author = authors.find(it.client, it.user);
    }
    return *author;
}

void History::Private::announce(bool &pending, void (History::*signal)())
{
    if (std::exchange(pending, true)) {
        return;
    }
    QMetaObject::invokeMethod(
        q,
        [this, &pending, signal] {
            pending = false;
            Q_EMIT(q->*signal)
            ();
        },
        Qt::QueuedConnection);
}

History::History(std::unique_ptr<Private> state) : d(std::move(state))
{
    d->q = this;
    // Before anybody else hears of it, and asks for names.
    connect(this, &History::authorsChanged, this, [this] { d->regroup(); });
}

History::~History() = default;

void History::read(const QString &root)
{
    const int reading = ++d->reading;
    d->timeline.reset();
    d->failure.clear();
    const QPointer<History> self(this);
    const auto failed = [self, reading](const std::string &message) {
        if (self && self->d->reading == reading) {
            self->d->failure = QString::fromStdString(message);
            self->d->waiting.clear();
            Q_EMIT self->loaded();
        }
    };
    d->context.log.load(
        d->context.logged.id(),
        [self, reading, failed, root = root.toStdString()](Result<store::StoredDocument> stored) {
            if (!stored) {
                failed(stored.error().message);
                return;
            }
            const auto all = std::make_shared<store::StoredDocument>(std::move(*stored));
            onAnotherThread([all, root] { return timelineOf(*all, root); },
                            [self, reading, seq = all->lastSeq](std::unique_ptr<Timeline> read) {
                                if (self && self->d->reading == reading) {
                                    self->d->onRead(std::move(read), seq);
                                }
                            });
        },
        store::LoadFrom::Beginning);
}

bool History::isReady() const
{
    return d->timeline != nullptr;
}

QString History::failure() const
{
    return d->failure;
}

Moment History::now() const
{
    return d->timeline ? d->timeline->now() : 0;
}

EditInfo History::editBefore(Moment moment) const
{
    if (moment < 1 || moment > now()) {
        return {d->authors.find(0, {}), {}};
    }
    const TimelineEdit &edit = d->timeline->editBefore(moment);
    return {d->author(edit.writer), toDateTime(edit.time)};
}

QList<HistoryEntry> History::entries() const
{
    return d->entries.latestFirst();
}

PastText History::textAt(Moment moment) const
{
    return textAt(moment, moment);
}

PastText History::textAt(Moment moment, Moment since) const
{
    if (!d->timeline) {
        return {};
    }
    return pastText(*d->timeline, moment, since,
                    [this](std::uint32_t writer) -> const Author & { return d->author(writer); });
}

crdt::Delta History::changesTo(Moment moment) const
{
    return d->timeline ? session::changesTo(*d->timeline, moment) : crdt::Delta();
}

crdt::Delta History::changesWithout(const Author &author, Moment since) const
{
    return d->timeline ? session::changesWithout(
                             *d->timeline, since,
                             [&](std::uint32_t writer) { return d->author(writer) == author; })
                       : crdt::Delta();
}

std::optional<EditInfo> History::lastWriter(quint32 from, quint32 to) const
{
    const auto last = d->timeline ? d->timeline->lastEditIn(from, to) : std::nullopt;
    if (!last) {
        return std::nullopt;
    }
    return EditInfo{d->author(last->writer),
                    toDateTime(d->timeline->editBefore(last->moment).time)};
}

QList<NamedVersion> History::versions() const
{
    QList<NamedVersion> versions;
    if (!d->timeline) {
        return versions;
    }
    for (const VersionRecord &record : d->named.all()) {
        if (const auto moment = d->timeline->find(record.edit)) {
            versions.append({QString::fromStdString(record.id), record.name, *moment,
                             d->authors.find(0, record.user), toDateTime(record.time)});
        }
    }
    std::sort(versions.begin(), versions.end(), [](const NamedVersion &a, const NamedVersion &b) {
        return a.moment != b.moment ? a.moment > b.moment : a.time > b.time;
    });
    return versions;
}

Result<void> History::nameVersion(Moment moment, const QString &name)
{
    const QString trimmed = name.trimmed();
    if (trimmed.isEmpty()) {
        return fail(ErrorCode::OutOfRange, "Give the version a name.");
    }
    if (d->context.isReadOnly()) {
        return fail(ErrorCode::Refused, "This document is only to be looked at here.");
    }
    const auto edit =
        d->timeline && moment >= 1 && moment <= now() ? d->timeline->nameOf(moment) : std::nullopt;
    if (!edit) {
        return fail(ErrorCode::OutOfRange, "There is nothing to name before the first edit.");
    }
    return d->named.add(trimmed, *edit, d->context.self().userId.toStdString(), d->context.clock,
                        d->context.rng);
}

void History::removeVersion(const QString &id)
{
    if (!d->context.isReadOnly()) {
        d->named.remove(id.toStdString());
    }
}

} // namespace cowrite::session
