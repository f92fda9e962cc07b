#include "libsync/net/frame_batch.h"
#include "libsync/net/outbox.h"

#include <QTest>

#include <functional>
#include <utility>

using namespace cowrite;
using Turn = net::Outbox::Turn;

namespace {

class Teller final : public net::Outbox::Sender {
public:
    explicit Teller(std::function<void()> tell) : m_tell(std::move(tell)) {}

    int flush() override
    {
        m_tell();
        return 1;
    }

private:
    std::function<void()> m_tell;
};

Bytes messageOf(std::size_t size)
{
    Bytes message(size);
    for (std::size_t i = 0; i < size; ++i) {
        message[i] = static_cast<std::uint8_t>(i * 7);
    }
    return message;
}

Bytes bytesOf(ByteView view)
{
    return {view.begin(), view.end()};
}

} // namespace

class OutboxTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void crowdsGoFirstAndEachIsAskedOnce()
    {
        net::Outbox outbox;
        QString told;
        Teller one([&] { told += u'1'; });
        Teller two([&] { told += u'2'; });
        Teller crowd([&] { told += u'c'; });
        outbox.add(one, Turn::OfOne);
        outbox.add(two, Turn::OfOne);
        outbox.add(crowd, Turn::OfCrowds);
        QCOMPARE(told, QString());
        QTRY_COMPARE(told, QStringLiteral("c12"));
        outbox.add(two, Turn::OfOne);
        QTRY_COMPARE(told, QStringLiteral("c122"));
    }

    void whoLeavesIsNotAsked()
    {
        net::Outbox outbox;
        QString told;
        Teller gone([&] { told += u'g'; });
        Teller late([&] { told += u'l'; });
        Teller first([&] {
            told += u'f';
            outbox.remove(late);
        });
        Teller last([&] { told += u'e'; });
        outbox.add(gone, Turn::OfCrowds);
        outbox.remove(gone);
        outbox.add(first, Turn::OfOne);
        outbox.add(late, Turn::OfOne);
        outbox.add(last, Turn::OfOne);
        QTRY_COMPARE(told, QStringLiteral("fe"));
    }

    void whatComesMeanwhileIsNextTime()
    {
        net::Outbox outbox;
        QString told;
        Teller other([&] { told += u'o'; });
        int times = 0;
        Teller again([&] {
            told += u'a';
            if (++times < 3) {
                outbox.add(again, Turn::OfCrowds);
                outbox.add(other, Turn::OfOne);
            }
        });
        outbox.add(again, Turn::OfCrowds);
        QTRY_COMPARE(told, QStringLiteral("aaoao"));
    }

    void aFrameHasItsLength_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<QByteArray>("head");
        QTest::newRow("empty") << 0 << QByteArray::fromHex("8200");
        QTest::newRow("short") << 125 << QByteArray::fromHex("827d");
        QTest::newRow("two bytes") << 126 << QByteArray::fromHex("827e007e");
        QTest::newRow("the most in two bytes") << 65535 << QByteArray::fromHex("827effff");
        QTest::newRow("eight bytes") << 65536 << QByteArray::fromHex("827f0000000000010000");
    }
    void aFrameHasItsLength()
    {
        QFETCH(const int, size);
        QFETCH(const QByteArray, head);
        const Bytes message = messageOf(static_cast<std::size_t>(size));
        QByteArray frames("before");
        net::appendFrame(frames, message);
        QCOMPARE(frames.mid(6, head.size()), head);
        QCOMPARE(frames.mid(6 + head.size()),
                 QByteArray(reinterpret_cast<const char *>(message.data()), size));
    }

    void partsOfABatchAreItsFramesInOrder()
    {
        net::FrameBatch batch;
        QVERIFY(batch.isEmpty());
        QByteArray all;
        for (const std::size_t size : {3, 0, 200, 70'000}) {
            batch.append(messageOf(size));
            net::appendFrame(all, messageOf(size));
            QCOMPARE(bytesOf(batch.message(batch.size() - 1)), messageOf(size));
        }
        QCOMPARE(batch.size(), std::size_t{4});
        QCOMPARE(batch.byteCount(), static_cast<std::size_t>(all.size()));
        Bytes parts = bytesOf(batch.frames(0, 1));
        for (const auto &[first, last] : {std::pair(1, 3), std::pair(3, 3), std::pair(3, 4)}) {
            const ByteView part =
                batch.frames(static_cast<std::size_t>(first), static_cast<std::size_t>(last));
            parts.insert(parts.end(), part.begin(), part.end());
        }
        QCOMPARE(QByteArray(reinterpret_cast<const char *>(parts.data()),
                            static_cast<qsizetype>(parts.size())),
                 all);
        QVERIFY(batch.frames(0, 0).empty());
        QCOMPARE(batch.messageBytes(0, 4), std::size_t{70'203});
        QCOMPARE(batch.messageBytes(1, 3), std::size_t{200});
        QCOMPARE(batch.messageBytes(3, 3), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(OutboxTest)
#include "outbox_test.moc"
