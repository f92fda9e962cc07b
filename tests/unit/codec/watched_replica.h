#pragma once

#include "libsync/crdt/debug_check.h"
#include "tests/unit/codec/codec_support.h"

#include <cstddef>

namespace cowrite::test {

/// A replica with some content, watched for what an update that it refuses must not do to it.
struct WatchedReplica : Replica {
    WatchedReplica()
    {
        if (!apply("01 02 01 00 04 01 01 74 05 68 65 6c 6c 6f 28 01 01 6d 01 6b 01 7d 01 "
                   "01 01 01 01 02"))
            qFatal("the content was refused");
        before = state();
        rootsBefore = doc.roots().size();
        watching = codec::observeUpdates(
            doc, [this](ByteView, const crdt::Transaction &) { changed = true; });
    }

    /// What is not as it was in the beginning, in words; nothing if everything is.
    QByteArray differences()
    {
        crdt::debugCheck(doc);
        QByteArray words;
        if (state() != before)
            words += "other content; ";
        if (doc.roots().size() != rootsBefore)
            words += "other roots; ";
        if (doc.hasPending())
            words += "something waits; ";
        if (changed)
            words += "an update event; ";
        return words;
    }

    QByteArray before;
    std::size_t rootsBefore = 0;
    bool changed = false;
    Subscription watching;
};

} // namespace cowrite::test
