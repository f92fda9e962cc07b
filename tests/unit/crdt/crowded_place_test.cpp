// Places at which so many have written that scans begin at a sibling instead of the origin
// (place.cpp), and items that no editor writes, after which they may not. property_sibling_order
// has the rest at random; these two need more than it makes.

#include "libsync/lib0/encoder.h"
#include "tests/unit/crdt/peer.h"

#include <optional>

using namespace cowrite;
using namespace cowrite::crdt;
using namespace cowrite::test;

namespace {

/// Clients of the items below.
constexpr ClientId kRun = 1;
constexpr ClientId kFirstSibling = 3;
constexpr ClientId kLastSibling = 60; ///< More siblings than a leaf has items: scans are long.
constexpr ClientId kLate = 70;
constexpr ClientId kOuter = 100;
constexpr ClientId kForeign = 200;

/// Text of one client, as an update V1.
Bytes item(ClientId client, std::optional<Id> origin, std::optional<Id> rightOrigin,
           std::string_view text)
{
    constexpr int kString = 4;
    lib0::Encoder out;
    for (const std::uint64_t head :
         {std::uint64_t{1}, std::uint64_t{1}, client, std::uint64_t{0}}) {
        out.writeVarUint(head);
    }
    out.writeUint8(
        static_cast<std::uint8_t>((origin ? 0x80 : 0) | (rightOrigin ? 0x40 : 0) | kString));
    for (const auto &anchor : {origin, rightOrigin}) {
        if (anchor) {
            out.writeVarUint(anchor->client);
            out.writeVarUint(anchor->clock);
        }
    }
    if (!origin && !rightOrigin) {
        out.writeVarUint(1);
        out.writeVarString("t");
    }
    out.writeVarString(text);
    out.writeVarUint(0);
    return out.take();
}

void addSiblings(Peer &peer, Id origin)
{
    for (ClientId client = kFirstSibling; client <= kLastSibling; ++client) {
        peer.apply(item(client, origin, {}, "-"));
    }
}

QString siblings()
{
    return QString(static_cast<int>(kLastSibling - kFirstSibling + 1), QLatin1Char('-'));
}

} // namespace

class CrowdedPlaceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// "Z" follows "c" and stands before "b": that cuts "c" off what it follows, and it lands left
    /// of both. What is behind "x" ends there for everybody who comes later.
    void anItemLeftOfItsOriginStopsLaterScans()
    {
        Peer peer(1000);
        peer.apply(item(kOuter, {}, {}, "x"));
        peer.apply(item(kRun, Id{kOuter, 0}, {}, "abc"));
        addSiblings(peer, {kOuter, 0});
        QCOMPARE(string(peer.text()), QStringLiteral("xabc") + siblings());
        peer.apply(item(kForeign, Id{kRun, 2}, Id{kRun, 1}, "Z"));
        QCOMPARE(string(peer.text()), QStringLiteral("xaZbc") + siblings());

        peer.apply(item(kLate, Id{kOuter, 0}, {}, "Y"));
        QCOMPARE(string(peer.text()), QStringLiteral("xaYZbc") + siblings());
    }

    /// "V" follows "w" and stands before "d", which belongs to "x": whoever saw "d" had seen what
    /// stands between the two. What is behind "x" ends at "V" for everybody who comes later.
    void anItemAmongWhatBelongsToAnotherStopsLaterScans()
    {
        Peer peer(1000);
        peer.apply(item(kOuter, {}, {}, "w"));
        peer.apply(item(kOuter + 1, Id{kOuter, 0}, {}, "x"));
        peer.apply(item(kRun, Id{kOuter + 1, 0}, {}, "a"));
        peer.apply(item(kRun + 1, Id{kRun, 0}, {}, "d"));
        addSiblings(peer, {kOuter + 1, 0});
        QCOMPARE(string(peer.text()), QStringLiteral("wxad") + siblings());
        peer.apply(item(kForeign, Id{kOuter, 0}, Id{kRun + 1, 0}, "V"));
        QCOMPARE(string(peer.text()), QStringLiteral("wxaVd") + siblings());

        peer.apply(item(kLate, Id{kOuter + 1, 0}, {}, "Y"));
        QCOMPARE(string(peer.text()), QStringLiteral("wxaYVd") + siblings());
    }
};

QTEST_APPLESS_MAIN(CrowdedPlaceTest)
#include "crowded_place_test.moc"
