#include <QtTest/QTest>

#include "libsync/protocol/client_owners.h"

using namespace cowrite;
using namespace cowrite::protocol;
using Ids = std::vector<crdt::ClientId>;

class ClientOwnersTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anIdBelongsToWhoIntroducedIt()
    {
        QVERIFY(m_owners.claim(7, &m_a));
        QVERIFY(m_owners.claim(7, &m_a));
        QVERIFY(!m_owners.claim(7, &m_b));
        QVERIFY(m_owners.isForeign(7, &m_b));
        QVERIFY(!m_owners.isForeign(7, &m_a));
        QVERIFY(!m_owners.isForeign(8, &m_a));
        QCOMPARE(m_owners.ownedBy(&m_a), Ids{7});
    }

    void aConnectionThatSpeaksForItselfCannotTakeAnother()
    {
        QVERIFY(m_owners.claim(7, &m_a));
        QVERIFY(m_owners.claim(8, &m_b));
        QVERIFY(!m_owners.claim(7, &m_b));
        QVERIFY(!m_owners.claim(8, &m_a));
    }

    // Two tabs of one browser tell each other's states to the server.
    void anIdKnownByHearsayPassesToItsOwnConnection()
    {
        QVERIFY(m_owners.claim(7, &m_a));
        QVERIFY(m_owners.claim(8, &m_a));
        QVERIFY(m_owners.claim(8, &m_b));
        QVERIFY(!m_owners.claim(8, &m_a));
        QCOMPARE(m_owners.ownedBy(&m_a), Ids{7});
        QCOMPARE(m_owners.ownedBy(&m_b), Ids{8});
    }

    void aConnectionThatChangedItsIdOwnsTheNewOneFirmly()
    {
        QVERIFY(m_owners.claim(7, &m_a));
        m_owners.retire(7, &m_a);
        QVERIFY(m_owners.claim(9, &m_a));
        QVERIFY(!m_owners.claim(9, &m_b));
        // The old id is free for a new connection of the same client.
        QVERIFY(m_owners.claim(7, &m_b));
    }

    void aClientThatComesBackOnItsConnectionIsFirstAgain()
    {
        QVERIFY(m_owners.claim(7, &m_a));
        m_owners.retire(7, &m_a);
        QVERIFY(m_owners.claim(7, &m_a));
        QVERIFY(!m_owners.claim(7, &m_b));
    }

    void aClosedConnectionFreesItsIds()
    {
        QVERIFY(m_owners.claim(7, &m_a));
        QVERIFY(m_owners.claim(8, &m_a));
        QCOMPARE(m_owners.release(&m_a), (Ids{7, 8}));
        QVERIFY(m_owners.release(&m_a).empty());
        QVERIFY(m_owners.claim(7, &m_b));
    }

    void oneConnectionCannotIntroduceACrowd()
    {
        for (crdt::ClientId client = 0; client < kMaxClientsPerConnection; ++client)
            QVERIFY(m_owners.claim(client, &m_a));
        QVERIFY(!m_owners.claim(1000, &m_a));
        QVERIFY(m_owners.claim(1000, &m_b));
    }

    void init() { m_owners = {}; }

private:
    ClientOwners m_owners;
    int m_a = 0;
    int m_b = 0;
};

QTEST_APPLESS_MAIN(ClientOwnersTest)
#include "client_owners_test.moc"
