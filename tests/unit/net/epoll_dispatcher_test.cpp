#include "tests/unit/net/epoll_main.h"

#include <QEventLoop>
#include <QSocketNotifier>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <array>
#include <memory>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace cowrite;

namespace {

/// Two ends of a line; what is written to one is read from the other.
class Line {
public:
    Line()
    {
        const int made =
            ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, m_ends.data());
        Q_ASSERT(made == 0);
    }
    ~Line()
    {
        ::close(near());
        hangUp();
    }
    Q_DISABLE_COPY_MOVE(Line)

    [[nodiscard]] int near() const { return m_ends[0]; }
    void say() const { QCOMPARE(::write(m_ends[1], "x", 1), 1); }
    char hear() const
    {
        char byte = 0;
        return ::read(near(), &byte, 1) == 1 ? byte : '\0';
    }
    /// Until no more fits, or the other end has none left.
    void fill() const
    {
        const std::array<char, 4096> bytes{};
        while (::write(near(), bytes.data(), bytes.size()) > 0) {
        }
    }
    void empty() const
    {
        std::array<char, 4096> bytes{};
        while (::read(m_ends[1], bytes.data(), bytes.size()) > 0) {
        }
    }
    void hangUp()
    {
        if (m_ends[1] >= 0) {
            ::close(std::exchange(m_ends[1], -1));
        }
    }

private:
    std::array<int, 2> m_ends{};
};

/// Everything that can be done without waiting.
void doWhatIsDue()
{
    while (QCoreApplication::eventDispatcher()->processEvents(QEventLoop::AllEvents)) {
    }
}

} // namespace

class EpollDispatcherTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itIsInUse()
    {
        QVERIFY(qobject_cast<net::EpollDispatcher *>(QCoreApplication::eventDispatcher()));
    }

    void whatComesIsReported()
    {
        const Line line;
        QSocketNotifier notifier(line.near(), QSocketNotifier::Read);
        QByteArray heard;
        connect(&notifier, &QSocketNotifier::activated, this, [&] { heard += line.hear(); });
        doWhatIsDue();
        QCOMPARE(heard, QByteArray());
        line.say();
        line.say();
        doWhatIsDue();
        QCOMPARE(heard, QByteArray("xx"));
        notifier.setEnabled(false);
        line.say();
        doWhatIsDue();
        QCOMPARE(heard, QByteArray("xx"));
        notifier.setEnabled(true);
        doWhatIsDue();
        QCOMPARE(heard, QByteArray("xxx"));
    }

    void roomToWriteIsReported()
    {
        const Line line;
        line.fill();
        QSocketNotifier reader(line.near(), QSocketNotifier::Read);
        QSocketNotifier writer(line.near(), QSocketNotifier::Write);
        int rooms = 0;
        connect(&writer, &QSocketNotifier::activated, this, [&] {
            ++rooms;
            writer.setEnabled(false);
        });
        doWhatIsDue();
        QCOMPARE(rooms, 0);
        line.empty();
        doWhatIsDue();
        QCOMPARE(rooms, 1);
        doWhatIsDue();
        QCOMPARE(rooms, 1);
        // The one that is left is still watched.
        bool isHeard = false;
        connect(&reader, &QSocketNotifier::activated, this, [&] { isHeard = line.hear() == 'x'; });
        line.say();
        doWhatIsDue();
        QVERIFY(isHeard);
    }

    void anEndIsReportedToReaders()
    {
        Line line;
        QSocketNotifier notifier(line.near(), QSocketNotifier::Read);
        bool isOver = false;
        connect(&notifier, &QSocketNotifier::activated, this, [&] {
            isOver = line.hear() == '\0';
            notifier.setEnabled(false);
        });
        line.hangUp();
        doWhatIsDue();
        QVERIFY(isOver);
    }

    void oneNotifierMayEndTheOthers()
    {
        std::vector<std::unique_ptr<Line>> lines;
        std::vector<std::unique_ptr<QSocketNotifier>> notifiers;
        int told = 0;
        for (int i = 0; i < 10; ++i) {
            lines.push_back(std::make_unique<Line>());
            notifiers.push_back(
                std::make_unique<QSocketNotifier>(lines.back()->near(), QSocketNotifier::Read));
            QSocketNotifier *const own = notifiers.back().get();
            connect(own, &QSocketNotifier::activated, this, [&, own] {
                ++told;
                for (auto &notifier : notifiers) {
                    if (notifier.get() != own) {
                        notifier.reset();
                    }
                }
                own->setEnabled(false);
            });
            lines.back()->say();
        }
        doWhatIsDue();
        QCOMPARE(told, 1);
    }

    void theNextDescriptorOfANumberIsAnother()
    {
        // Ready in the same turn: the first is closed, and its number is that of a new line, which
        // nobody has said anything on.
        auto first = std::make_unique<Line>();
        auto second = std::make_unique<Line>();
        std::unique_ptr<Line> fresh;
        std::unique_ptr<QSocketNotifier> freshNotifier;
        auto firstNotifier =
            std::make_unique<QSocketNotifier>(first->near(), QSocketNotifier::Read);
        auto secondNotifier =
            std::make_unique<QSocketNotifier>(second->near(), QSocketNotifier::Read);
        const auto replace = [&](std::unique_ptr<Line> &line,
                                 std::unique_ptr<QSocketNotifier> &notifier) {
            firstNotifier->setEnabled(false);
            secondNotifier->setEnabled(false);
            const int number = line->near();
            notifier->setEnabled(false);
            line.reset();
            fresh = std::make_unique<Line>();
            QCOMPARE(fresh->near(), number);
            freshNotifier = std::make_unique<QSocketNotifier>(fresh->near(), QSocketNotifier::Read);
            connect(freshNotifier.get(), &QSocketNotifier::activated, this,
                    [] { QFAIL("nothing was said"); });
        };
        connect(firstNotifier.get(), &QSocketNotifier::activated, this,
                [&] { replace(second, secondNotifier); });
        connect(secondNotifier.get(), &QSocketNotifier::activated, this,
                [&] { replace(first, firstNotifier); });
        first->say();
        second->say();
        doWhatIsDue();
        QVERIFY(fresh);
    }

    void socketsCanBeLeftOut()
    {
        const Line line;
        QSocketNotifier notifier(line.near(), QSocketNotifier::Read);
        QByteArray heard;
        connect(&notifier, &QSocketNotifier::activated, this, [&] { heard += line.hear(); });
        line.say();
        bool isDue = false;
        QTimer::singleShot(0, this, [&] { isDue = true; });
        QCoreApplication::processEvents(QEventLoop::ExcludeSocketNotifiers);
        QVERIFY(isDue);
        QCOMPARE(heard, QByteArray());
        QCoreApplication::processEvents();
        QCOMPARE(heard, QByteArray("x"));
    }

    void anotherThreadEndsTheWait()
    {
        // No timer: only the other thread ends this, many times.
        QObject context;
        int calls = 0;
        QEventLoop loop;
        const std::unique_ptr<QThread> other(QThread::create([&] {
            for (int i = 0; i < 10'000; ++i) {
                QMetaObject::invokeMethod(
                    &context, [&] { ++calls; }, Qt::QueuedConnection);
                if (i % 100 == 0) {
                    QThread::yieldCurrentThread();
                }
            }
            QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
        }));
        other->start();
        loop.exec();
        QVERIFY(other->wait());
        QCOMPARE(calls, 10'000);
    }

    void aThreadWithItAnswersAndQuits()
    {
        for (int i = 0; i < 100; ++i) {
            QThread thread;
            thread.setEventDispatcher(net::EpollDispatcher::create().release());
            thread.start();
            QObject there;
            there.moveToThread(&thread);
            QThread *ran = nullptr;
            QMetaObject::invokeMethod(
                &there, [&] { ran = QThread::currentThread(); }, Qt::BlockingQueuedConnection);
            QCOMPARE(ran, &thread);
            // Right behind what the thread posts to itself.
            QMetaObject::invokeMethod(
                &there,
                [&] {
                    QMetaObject::invokeMethod(
                        &there, [] {}, Qt::QueuedConnection);
                },
                Qt::QueuedConnection);
            thread.quit();
            QVERIFY(thread.wait());
        }
    }

    void socketsOfQtWork()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        QByteArray arrived;
        connect(&server, &QTcpServer::newConnection, this, [&] {
            QTcpSocket *const socket = server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this,
                    [socket] { socket->write(socket->readAll()); });
        });
        QTcpSocket socket;
        connect(&socket, &QTcpSocket::readyRead, this, [&] { arrived += socket.readAll(); });
        socket.connectToHost(QHostAddress::LocalHost, server.serverPort());
        // More than the kernel takes at once.
        const QByteArray sent(8'000'000, 'y');
        socket.write(sent);
        QTRY_COMPARE(arrived.size(), sent.size());
        QVERIFY(arrived == sent);
        socket.abort();
        socket.connectToHost(QHostAddress::LocalHost, server.serverPort());
        QTRY_COMPARE(socket.state(), QAbstractSocket::ConnectedState);
        QTcpSocket refused;
        const quint16 port = server.serverPort();
        server.close();
        refused.connectToHost(QHostAddress::LocalHost, port);
        QTRY_COMPARE(refused.error(), QAbstractSocket::ConnectionRefusedError);
    }
};

int main(int argc, char **argv)
{
    return net::testWithEpoll<EpollDispatcherTest>(argc, argv);
}

#include "epoll_dispatcher_test.moc"
