// Who wrote which units of a text.

#include "libsync/crdt/text_run.h"
#include "tests/unit/crdt/peer.h"

using namespace cowrite;
using namespace cowrite::crdt;
using namespace cowrite::test;

namespace {

/// "client:clock+length text", deleted runs with a minus in front.
QString shown(const TextRun &run)
{
    return QStringLiteral("%1%2:%3+%4 %5")
        .arg(run.isDeleted ? QStringLiteral("-") : QString())
        .arg(run.first.client)
        .arg(run.first.clock)
        .arg(run.length)
        .arg(QString::fromUtf16(run.text.data(), static_cast<qsizetype>(run.text.size())));
}

QStringList runsOf(const Text &text)
{
    QStringList runs;
    forEachRun(text, [&](const TextRun &run) { runs.append(shown(run)); });
    return runs;
}

QStringList runsOf(const Text &text, std::uint32_t offset, std::uint32_t length)
{
    QStringList runs;
    for (const TextRun &run : runsIn(text, offset, length)) {
        runs.append(shown(run));
    }
    return runs;
}

} // namespace

class TextRunTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingThatWasWrittenIsThereInOrder()
    {
        Peer peer(1, GarbageCollection::Off);
        QVERIFY(peer.text().insert(0, u"abcdef"));
        QVERIFY(peer.text().remove(2, 2));
        QVERIFY(peer.text().insertEmbed(2, Any(1)));
        QCOMPARE(runsOf(peer.text()),
                 (QStringList{QStringLiteral("1:0+2 ab"), QStringLiteral("-1:2+2 cd"),
                              QStringLiteral("1:6+1 "), QStringLiteral("1:4+2 ef")}));
    }

    void formatsAndWhatWasCollectedAreLeftOut()
    {
        Peer peer(1, GarbageCollection::On);
        QVERIFY(peer.text().insert(0, u"abcdef"));
        QVERIFY(peer.text().remove(2, 2));
        QVERIFY(peer.text().format(0, 1, {{"bold", Any(true)}}));
        QCOMPARE(runsOf(peer.text()),
                 (QStringList{QStringLiteral("1:0+1 a"), QStringLiteral("1:1+1 b"),
                              QStringLiteral("1:4+2 ef")}));
    }

    void aRangeIsThatOfWhatIsThere()
    {
        Peer peer(1, GarbageCollection::Off);
        QVERIFY(peer.text().insert(0, u"abcdef"));
        QVERIFY(peer.text().remove(2, 2));
        QCOMPARE(runsOf(peer.text(), 1, 2),
                 (QStringList{QStringLiteral("1:1+1 b"), QStringLiteral("1:4+1 e")}));
        QCOMPARE(runsOf(peer.text(), 3, 100), QStringList{QStringLiteral("1:5+1 f")});
        QVERIFY(runsOf(peer.text(), 4, 1).isEmpty());
        QVERIFY(runsOf(peer.text(), 1, 0).isEmpty());
    }

    void everyUnitOfARangeIsOne()
    {
        Peer peer(1, GarbageCollection::On);
        QVERIFY(peer.text().insert(0, u"abcd"));
        QVERIFY(peer.text().insertEmbed(2, Any(1)));
        QVERIFY(peer.text().toString() == u"abcd");
        QVERIFY(unitsIn(peer.text()) == u"ab\uFFFCcd");
        QVERIFY(unitsIn(peer.text(), 1, 3) == u"b\uFFFCc");
        QVERIFY(unitsIn(peer.text(), 4, 9) == u"d");
        QVERIFY(unitsIn(peer.text(), 5, 1).empty());
    }
};

QTEST_APPLESS_MAIN(TextRunTest)
#include "text_run_test.moc"
