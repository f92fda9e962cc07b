#pragma once

#include "libsync/crdt/doc.h"

#include <string>

namespace cowrite::test {

/// Compares two replicas that should have met: state vector, delete set, what is pending, then for
/// every type every unit in order, tombstones included, with its origins, and at last the content
/// (equal text can hide broken links). Replicas may differ in how units are packed into structs and
/// in what was collected. Returns a sentence about the first difference, nothing if there is none.
std::string firstDifference(crdt::Doc &a, crdt::Doc &b);

} // namespace cowrite::test

/// Fails the test with the first difference between two documents.
#define VERIFY_SAME_REPLICAS(a, b)                                                                 \
    do {                                                                                           \
        const std::string difference = ::cowrite::test::firstDifference((a), (b));                 \
        QVERIFY2(difference.empty(), difference.c_str());                                          \
    } while (false)
