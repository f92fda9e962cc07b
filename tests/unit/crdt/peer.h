#pragma once

#include "libsync/codec/update_codec.h"
#include "libsync/crdt/debug_check.h"
#include "tests/support/document_json.h"
#include "tests/support/replica_equality.h"
#include "tests/unit/lib0/hex.h"

#include <QtTest/QTest>

#include <utility>
#include <vector>

namespace cowrite::test {

/// Who brings updates from elsewhere.
inline constexpr int kNetworkObject = 0;
inline constexpr crdt::Origin kNetwork = crdt::Origin::of(&kNetworkObject);

/// A document with a fixed client id that notes its update events, in the notation of
/// yjs-compat.md. Roots are the `t`, `a`, `m` and `p` of its examples.
struct Peer {
    explicit Peer(crdt::ClientId client, crdt::GarbageCollection gc = crdt::GarbageCollection::On)
        : rng(client),
          doc(client, rng, {gc}),
          subscription(
              codec::observeUpdates(doc, [this](ByteView update, const crdt::Transaction &) {
                  emitted.push_back(hex(Bytes(update.begin(), update.end())));
              }))
    {}
    ~Peer() { crdt::debugCheck(doc); }

    crdt::Text text(std::string_view name = "t") { return *doc.text(name); }
    crdt::Array array(std::string_view name = "a") { return *doc.array(name); }
    crdt::Map map(std::string_view name = "m") { return *doc.map(name); }
    crdt::XmlFragment xml(std::string_view name = "p") { return *doc.xmlFragment(name); }

    /// Applies an update that must be accepted.
    void apply(const Bytes &update)
    {
        const Result<void> applied = codec::applyUpdate(doc, update, kNetwork);
        if (!applied)
            qFatal("refused: %s", applied.error().message.c_str());
        crdt::debugCheck(doc);
    }
    void apply(std::string_view digits) { apply(hex(digits)); }

    QByteArray state(const crdt::StateVector &target = {})
    {
        crdt::debugCheck(doc);
        return hex(codec::encodeStateAsUpdate(doc, target));
    }
    /// The update events since the last call.
    QList<QByteArray> takeEmitted() { return std::exchange(emitted, {}); }
    /// The state before what follows in the test is of no interest.
    void forgetEmitted() { emitted.clear(); }

    SeededRng rng;
    crdt::Doc doc;
    QList<QByteArray> emitted;
    Subscription subscription;
};

/// Sends what `to` lacks.
inline void send(Peer &from, Peer &to)
{
    to.apply(codec::encodeStateAsUpdate(from.doc, to.doc.stateVector()));
}

inline void exchange(Peer &a, Peer &b)
{
    send(a, b);
    send(b, a);
}

/// QCOMPARE prints these.
inline QByteArray bytes(std::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}
template <class T>
QByteArray json(const T &value)
{
    return QByteArray::fromStdString(toJson(value));
}
inline QString string(const crdt::Text &text)
{
    return QString::fromStdU16String(text.toString());
}

inline const crdt::Attributes kBold{{"bold", lib0::Any(true)}};
inline const crdt::Attributes kNotBold{{"bold", lib0::Any(nullptr)}};

} // namespace cowrite::test
