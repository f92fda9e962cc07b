#pragma once

namespace cowrite::crdt {

enum class GarbageCollection { On, Off };

struct DocOptions {
    /// Content that was deleted is dropped; history by snapshots needs Off.
    GarbageCollection gc = GarbageCollection::On;
};

} // namespace cowrite::crdt
