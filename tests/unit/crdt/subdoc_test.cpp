// Conformance case 61 of yjs-compat.md: documents that stand in a document.

#include "libsync/crdt/snapshot.h"
#include "libsync/crdt/undo_manager.h"
#include "tests/support/manual_clock.h"
#include "tests/unit/crdt/peer.h"

using namespace cowrite;
using namespace cowrite::crdt;
using namespace cowrite::test;
using namespace std::chrono_literals;

namespace {

/// A peer that notes what it hears of subdocuments, as "added a b, loaded a".
struct Parent : Peer {
    explicit Parent(ClientId client, GarbageCollection gc = GarbageCollection::On)
        : Peer(client, gc),
          changes(doc.subdocsChanged.connect(
              [this](const SubdocChanges &changes, const Transaction &) { note(changes); }))
    {}

    QByteArrayList takeHeard() { return std::exchange(heard, {}); }
    Subdoc subdoc(std::string_view key) { return map().get(key)->subdoc(); }

    QByteArrayList heard;
    Subscription changes;

private:
    void note(const SubdocChanges &changes)
    {
        QByteArrayList parts;
        const auto add = [&](const char *what, const std::vector<Subdoc> &subdocs) {
            QByteArray part = what;
            for (const Subdoc &subdoc : subdocs)
                part += ' ' + QByteArray::fromStdString(subdoc.guid());
            if (!subdocs.empty())
                parts += part;
        };
        add("added", changes.added);
        add("removed", changes.removed);
        add("loaded", changes.loaded);
        heard += parts.join(", ");
    }
};

} // namespace

class SubdocTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSubdocumentIsWrittenAsYjsWritesIt_data()
    {
        QTest::addColumn<int>("load");
        QTest::addColumn<bool>("gc");
        QTest::addColumn<bool>("hasMeta");
        QTest::addColumn<QByteArray>("options");
        const auto row = [](const char *name, SubdocLoad load, bool gc, bool hasMeta,
                            std::string_view options) {
            QTest::newRow(name) << static_cast<int>(load) << gc << hasMeta << bytes(options);
        };
        row("none", SubdocLoad::Here, true, false, "76 00");
        row("on demand", SubdocLoad::OnDemand, true, false, "76 00");
        row("everywhere", SubdocLoad::Everywhere, true, false,
            "76 01 08 61 75 74 6f 4c 6f 61 64 78");
        row("all", SubdocLoad::Everywhere, false, true,
            "76 03 02 67 63 79 08 61 75 74 6f 4c 6f 61 64 78 04 6d 65 74 61 76 01 01 78 7d 01");
    }
    void aSubdocumentIsWrittenAsYjsWritesIt()
    {
        QFETCH(int, load);
        QFETCH(bool, gc);
        QFETCH(bool, hasMeta);
        QFETCH(QByteArray, options);
        Parent peer(1);
        NewSubdoc subdoc{"g1", static_cast<SubdocLoad>(load),
                         gc ? GarbageCollection::On : GarbageCollection::Off};
        if (hasMeta)
            subdoc.meta = Any::object({{"x", Any(1)}});
        QVERIFY(peer.map().set("s", subdoc));
        QCOMPARE(peer.state(), "01 01 01 00 29 01 01 6d 01 73 02 67 31 " + options + " 00");
        QVERIFY(peer.subdoc("s").gc() == (gc ? GarbageCollection::On : GarbageCollection::Off));
        QVERIFY(peer.subdoc("s").content()->gc() == peer.subdoc("s").gc());
    }

    void whoInsertsASubdocumentLoadsItAndPeersWhenAsked()
    {
        Parent a(1);
        Parent b(2);
        QVERIFY(a.map().set("s", NewSubdoc{"g"}));
        QVERIFY(a.map().get("s")->isSubdoc());
        QCOMPARE(a.takeHeard(), QByteArrayList{"added g, loaded g"});
        QVERIFY(a.subdoc("s").shouldLoad());
        send(a, b);
        QCOMPARE(b.takeHeard(), QByteArrayList{"added g"});
        QVERIFY(!b.subdoc("s").shouldLoad());
        b.subdoc("s").load();
        b.subdoc("s").load();
        QCOMPARE(b.takeHeard(), QByteArrayList{"loaded g"});
        QVERIFY(b.subdoc("s").shouldLoad());
        QVERIFY(b.takeEmitted().size() == 1); // Only what it was sent.
    }

    void aSubdocumentThatLoadsByItselfIsLoadedEverywhere()
    {
        Parent a(1);
        Parent b(2);
        QVERIFY(a.array().push({NewSubdoc{"g", SubdocLoad::Everywhere}, Any(1),
                                NewSubdoc{"h", SubdocLoad::OnDemand}}));
        QCOMPARE(a.takeHeard(), QByteArrayList{"added g h, loaded g"});
        send(a, b);
        QCOMPARE(b.takeHeard(), QByteArrayList{"added g h, loaded g"});
        QCOMPARE(b.doc.subdocs().size(), 2U);
        QVERIFY(b.doc.subdocs().front() == b.array().get(0)->subdoc());
    }

    void deletingASubdocumentRemovesItAndDropsItsContent()
    {
        for (const GarbageCollection gc : {GarbageCollection::On, GarbageCollection::Off}) {
            Parent peer(1, gc);
            QVERIFY(peer.map().set("in", NewMap{{{"s", NewSubdoc{"g"}}}}));
            Subdoc subdoc = Map(peer.map().get("in")->type()).get("s")->subdoc();
            const std::weak_ptr<Doc> content = subdoc.content();
            QVERIFY(!content.expired());
            peer.takeHeard();
            bool wasThere = false;
            const Subscription subscription = peer.doc.subdocsChanged.connect(
                [&](const SubdocChanges &changes, const Transaction &) {
                    wasThere = changes.removed.front().content() == content.lock();
                });
            QVERIFY(peer.map().remove("in"));
            QCOMPARE(peer.takeHeard(), QByteArrayList{"removed g"});
            QVERIFY(wasThere);
            QVERIFY(content.expired());
            QVERIFY(subdoc.isDeleted());
            QCOMPARE(subdoc.guid(), std::string("g"));
            QVERIFY(subdoc.content() == nullptr);
            QVERIFY(peer.doc.subdocs().empty());
            // What is gone can be asked for nothing.
            subdoc.load();
            subdoc.destroy();
            QCOMPARE(peer.takeHeard(), QByteArrayList{});
        }
    }

    void contentIsDroppedThoughNobodyListens()
    {
        Peer peer(1);
        QVERIFY(peer.map().set("s", NewSubdoc{"g"}));
        const std::weak_ptr<Doc> content = peer.map().get("s")->subdoc().content();
        QVERIFY(peer.map().remove("s"));
        QVERIFY(content.expired());
    }

    void whatComesAndGoesInATransactionIsNotNamed()
    {
        Parent peer(1);
        peer.doc.transact([&] {
            QVERIFY(peer.map().set("s", NewSubdoc{"g"}));
            QVERIFY(peer.map().set("t", NewSubdoc{"h"}));
            QVERIFY(peer.map().set("s", Any(1)));
        });
        QCOMPARE(peer.takeHeard(), QByteArrayList{"added h, loaded h"});
        peer.doc.transact([&] {
            QVERIFY(peer.array().push({NewSubdoc{"g"}}));
            QVERIFY(peer.array().remove(0, 1));
        });
        QCOMPARE(peer.takeHeard(), QByteArrayList{});
    }

    void aDestroyedSubdocumentIsThereAgainButNotLoaded()
    {
        Parent peer(1);
        QVERIFY(peer.map().set("s", NewSubdoc{"g"}));
        Subdoc subdoc = peer.subdoc("s");
        const std::shared_ptr<Doc> before = subdoc.content();
        peer.takeHeard();
        peer.forgetEmitted();
        subdoc.destroy();
        QCOMPARE(peer.takeHeard(), QByteArrayList{"added g, removed g"});
        QVERIFY(!subdoc.isDeleted() && !subdoc.shouldLoad());
        QVERIFY(subdoc.content() != before);
        QVERIFY(peer.takeEmitted().isEmpty());
        subdoc.load();
        QCOMPARE(peer.takeHeard(), QByteArrayList{"loaded g"});
        // Destroyed and then deleted, it is gone for good.
        peer.doc.transact([&] {
            subdoc.destroy();
            QVERIFY(peer.map().remove("s"));
        });
        QCOMPARE(peer.takeHeard(), QByteArrayList{"removed g"});
    }

    void theContentIsADocumentOfItsOwnUnderTheClientIdOfItsParent()
    {
        Parent a(1);
        Parent b(2);
        QVERIFY(a.map().set("s", NewSubdoc{"g"}));
        a.forgetEmitted();
        const std::shared_ptr<Doc> content = a.subdoc("s").content();
        QCOMPARE(content->clientId(), 1U);
        QVERIFY(content == a.map().get("s")->subdoc().content());
        QVERIFY(content->text("t")->insert(0, u"hi"));
        QVERIFY(a.takeEmitted().isEmpty());
        send(a, b);
        const Bytes update = codec::encodeStateAsUpdate(*content);
        QVERIFY(codec::applyUpdate(*b.subdoc("s").content(), update, kNetwork));
        QVERIFY(b.subdoc("s").content()->text("t")->toString() == u"hi");
    }

    void optionsOfOthersAreKeptAsTheyAre()
    {
        Parent peer(2);
        // {"shouldLoad": true, "gc": 0, "new": [undefined]}, which Yjs would not write.
        const QByteArray update = "01 01 01 00 29 01 01 6d 01 73 01 67 76 03 0a "
                                  "73 68 6f 75 6c 64 4c 6f 61 64 78 02 67 63 7d 00 "
                                  "03 6e 65 77 75 01 7f 00";
        peer.apply(update.toStdString());
        QCOMPARE(peer.state(), update);
        QCOMPARE(peer.takeHeard(), QByteArrayList{"added g, loaded g"});
        QVERIFY(!peer.subdoc("s").autoLoad());
        QVERIFY(peer.subdoc("s").meta().isNull());
        // Not even an object.
        peer.apply("01 01 03 00 29 01 01 6d 01 74 01 68 7d 05 00");
        QVERIFY(peer.subdoc("t").gc() == GarbageCollection::On);
        QCOMPARE(peer.takeHeard(), QByteArrayList{"added h"});
    }

    void undoBringsASubdocumentBackAsAPeerWouldSeeIt()
    {
        Parent peer(1);
        ManualClock clock;
        UndoManager undo(peer.doc, {peer.map()}, {0ms}, clock);
        QVERIFY(peer.map().set("s", NewSubdoc{"g"}));
        const Subdoc first = peer.subdoc("s");
        QVERIFY(undo.undo());
        QVERIFY(undo.redo());
        QCOMPARE(peer.takeHeard(), (QByteArrayList{"added g, loaded g", "removed g", "added g"}));
        QVERIFY(first.isDeleted());
        QVERIFY(!peer.subdoc("s").shouldLoad());
    }

    void aRestoredDocumentHasItsSubdocuments()
    {
        Parent peer(1, GarbageCollection::Off);
        QVERIFY(peer.map().set("s", NewSubdoc{"g", SubdocLoad::Everywhere}));
        const Snapshot snapshot = takeSnapshot(peer.doc);
        QVERIFY(peer.map().remove("s"));
        Parent restored(2);
        QVERIFY(restoreSnapshot(peer.doc, snapshot, restored.doc));
        QCOMPARE(restored.takeHeard(), QByteArrayList{"added g, loaded g"});
        QCOMPARE(json(restored.map()), bytes(R"({"s":{"$doc":"g","options":{"autoLoad":true}}})"));
    }

    void aSubdocumentStandsInListsAndMapsOnly()
    {
        Parent peer(1);
        const Result<void> embedded = peer.text().insertEmbed(0, NewSubdoc{"g"});
        QVERIFY(embedded.error().code == ErrorCode::Unsupported);
        QVERIFY(peer.text().setAttribute("s", NewSubdoc{"g"}));
        QVERIFY(peer.xml().push({NewXmlElement{"p", {{"s", NewSubdoc{"h"}}}, {NewSubdoc{"i"}}}}));
        QCOMPARE(peer.takeHeard(), (QByteArrayList{"added g, loaded g", "added i h, loaded i h"}));
        QCOMPARE(QByteArray::fromStdString(peer.xml().toString()),
                 QByteArray("<p s=\"[object Object]\">[object Object]</p>"));
        NewSubdoc deep{"g"};
        for (int i = 0; i < 1000; ++i)
            deep.meta = Any::array({deep.meta});
        QVERIFY(peer.map().set("s", deep).error().code == ErrorCode::LimitExceeded);
    }

    void aHandlerMayEditItsDocument()
    {
        Parent peer(1);
        const Subscription subscription =
            peer.doc.subdocsChanged.connect([&](const SubdocChanges &changes, const Transaction &) {
                for (Subdoc subdoc : changes.added)
                    subdoc.load();
                if (!changes.loaded.empty())
                    QVERIFY(peer.map().remove("s"));
            });
        QVERIFY(peer.map().set("s", NewSubdoc{"g", SubdocLoad::OnDemand}));
        QCOMPARE(peer.takeHeard(), (QByteArrayList{"added g", "loaded g", "removed g"}));
    }

    void theValueOfASubdocumentIsNoPlainValue()
    {
        Parent peer(1);
        QVERIFY(peer.map().set("s", NewSubdoc{"g"}));
        const Value value = *peer.map().get("s");
        QVERIFY(!value.isPlain() && !value.isType());
        QVERIFY(value.any().isUndefined());
        QVERIFY(value == Value(peer.subdoc("s")));
    }
};

QTEST_APPLESS_MAIN(SubdocTest)
#include "subdoc_test.moc"
