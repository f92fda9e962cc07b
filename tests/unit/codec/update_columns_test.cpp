#include <QtTest/QTest>

#include "libsync/codec/update_columns.h"
#include "tests/unit/codec/codec_support.h"

#include <algorithm>
#include <string>
#include <vector>

using namespace cowrite;
using namespace cowrite::test;

namespace {

Bytes pack(const std::vector<Bytes> &updates)
{
    return codec::packUpdates(std::vector<ByteView>(updates.begin(), updates.end()));
}

/// One with each kind of content, and with each way to say where it is.
const std::vector<std::string_view> kUsualForms{
    "00 00",
    "01 01 01 00 00 05 00",                            // collected
    "01 01 01 00 01 01 01 74 03 00",                   // deleted
    "01 01 01 00 02 01 01 74 02 01 31 01 32 00",       // JSON
    "01 01 01 00 03 01 01 74 02 ff 00 00",             // binary
    "01 01 01 00 04 01 01 74 05 61 f0 9f 98 80 00",    // text
    "01 01 01 03 84 01 02 01 62 00",                   // typed on
    "01 01 02 00 c4 01 02 01 03 01 63 00",             // by another, in between
    "01 01 02 01 44 01 00 01 64 00",                   // in front
    "01 01 01 04 04 00 01 03 01 61 00",                // in a type that lies in the document
    "01 01 01 00 05 01 01 74 02 7b 7d 00",             // embed
    "01 01 01 00 06 01 01 74 01 62 04 74 72 75 65 00", // format
    "01 01 01 00 07 01 01 74 02 00",                   // type
    "01 01 01 00 07 01 01 74 03 01 70 00",             // type with a name
    "01 01 01 00 08 01 01 74 02 7d 05 77 01 61 00",    // values
    "01 01 01 00 28 01 01 74 01 6b 01 7d 05 00",       // under a key
    "01 01 01 01 a8 01 00 01 7d 06 00",                // whose next value tells that there is one
    "01 01 01 00 09 01 01 74 01 67 76 00 00",          // document
    "01 02 01 00 0a 02 84 02 00 01 61 00",             // skipped
    "00 02 81 bc c1 96 0b 02 05 01 80 01 02 02 01 00 01",
    "02 01 02 05 84 02 04 01 61 01 01 09 84 01 08 01 62 01 01 01 00 03",
};

/// What no Yjs writes, or nobody at all.
const std::vector<std::string_view> kOtherForms{
    "",
    "ff",
    "00 00 00",
    "80 00 00",
    "01 01 01 00 04 01 01 74 81 00 61 00",
    "01 01 01 00 0b 01 01 74 01 61 00",
    "01 01 01 ff ff ff ff 1f 00 01 00",
    "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00",
};

std::vector<Bytes> all(const std::vector<std::string_view> &digits)
{
    std::vector<Bytes> updates;
    for (const std::string_view update : digits) {
        updates.push_back(hex(update));
    }
    return updates;
}

/// The updates of someone who types, goes back and deletes.
std::vector<Bytes> typed(int count)
{
    Replica replica(3'000'000'001);
    std::vector<Bytes> updates;
    const Subscription subscription =
        codec::observeUpdates(replica.doc, [&](ByteView update, const crdt::Transaction &) {
            updates.emplace_back(update.begin(), update.end());
        });
    crdt::Text text = *replica.doc.text("content");
    SeededRng rng(5);
    std::uint32_t at = 0;
    for (int i = 0; i < count; ++i) {
        if (rng.below(20) == 0) {
            at = static_cast<std::uint32_t>(rng.below(text.length() + 1));
        }
        if (at > 0 && rng.below(5) == 0) {
            (void)text.remove(--at, 1);
        } else {
            (void)text.insert(at++, std::u16string(1, static_cast<char16_t>(u'a' + i % 26)));
        }
    }
    return updates;
}

} // namespace

class UpdateColumnsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyUpdateComesBackByteForByte()
    {
        std::vector<Bytes> updates = all(kUsualForms);
        for (const std::vector<Bytes> &more : {all(kOtherForms), all(kUsualForms), typed(500)}) {
            updates.insert(updates.end(), more.begin(), more.end());
        }
        const Result<std::vector<Bytes>> unpacked = codec::unpackUpdates(pack(updates));
        QVERIFY(unpacked);
        QCOMPARE(*unpacked, updates);
        QCOMPARE(codec::unpackUpdates(pack({})).value(), std::vector<Bytes>());
    }

    void whatYjsWritesIsTakenApart()
    {
        // The first column has a byte for each update, 0 if it is taken apart.
        for (const std::string_view update : kUsualForms) {
            QVERIFY2(pack({hex(update)})[1] == 0, std::string(update).c_str());
        }
        for (const std::string_view update : kOtherForms) {
            QVERIFY2(pack({hex(update)})[1] == 1, std::string(update).c_str());
        }
    }

    void typingOnLeavesZeros()
    {
        const Bytes packed = pack(typed(2'000));
        const auto zeros = std::count(packed.begin(), packed.end(), 0);
        QVERIFY2(zeros > static_cast<std::ptrdiff_t>(packed.size() / 2),
                 qPrintable(QStringLiteral("%1 of %2").arg(zeros).arg(packed.size())));
    }

    void damagedColumnsGiveAnErrorOrSomethingSmall()
    {
        std::vector<Bytes> updates = all(kUsualForms);
        const std::vector<Bytes> others = all(kOtherForms);
        updates.insert(updates.end(), others.begin(), others.end());
        const Bytes packed = pack(updates);
        for (std::size_t size = 0; size < packed.size(); ++size) {
            QVERIFY(!codec::unpackUpdates(ByteView(packed).first(size)));
        }
        for (std::size_t i = 0; i < packed.size(); ++i) {
            for (int bit = 0; bit < 8; ++bit) {
                Bytes damaged = packed;
                damaged[i] ^= static_cast<std::uint8_t>(1 << bit);
                std::size_t size = 0;
                for (const Bytes &update : codec::unpackUpdates(damaged).value_or(updates)) {
                    size += update.size();
                }
                QVERIFY(size < 10 * damaged.size());
            }
        }
    }
};

QTEST_APPLESS_MAIN(UpdateColumnsTest)
#include "update_columns_test.moc"
