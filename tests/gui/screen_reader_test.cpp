// The real program as a screen reader meets it: over the accessibility bus, with real key presses.
#include "tests/gui/app_window.h"
#include "tests/gui/display.h"
#include "tests/gui/private_bus.h"
#include "tests/gui/screen_reader.h"

#include <QApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace cowrite;
using guitest::AppWindow;
using guitest::ScreenReader;

namespace {

constexpr int kPatience = 60'000;
const QString kProgram = QStringLiteral(COWRITE_PROGRAM);
const QString kPlan = QStringLiteral("We leave at 07:40.\nEach boat carries one sonde.\n");

/// Somebody who shares a document without a window, and does as told.
class Host {
public:
    ~Host()
    {
        m_process.closeWriteChannel();
        if (!m_process.waitForFinished(kPatience)) {
            m_process.kill();
            m_process.waitForFinished();
        }
    }

    /// The link; empty if it does not start.
    QString share(const QString &profile, const QString &file)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(kProgram, {QStringLiteral("--profile"), profile, QStringLiteral("--name"),
                                   QStringLiteral("Green"), QStringLiteral("--headless"),
                                   QStringLiteral("--control"), QStringLiteral("--host"),
                                   QStringLiteral("127.0.0.1:0"), file});
        while (!m_process.canReadLine()) {
            if (!m_process.waitForReadyRead(kPatience)) {
                return {};
            }
        }
        return QJsonDocument::fromJson(m_process.readLine())
            .object()
            .value(QLatin1String("link"))
            .toString();
    }

    void run(const QJsonObject &command)
    {
        m_process.write(QJsonDocument(command).toJson(QJsonDocument::Compact) + '\n');
        m_process.waitForBytesWritten(kPatience);
    }

private:
    QProcess m_process;
};

} // namespace

class ScreenReaderTest : public QObject {
    Q_OBJECT

public:
    explicit ScreenReaderTest(ScreenReader &reader) : m_reader(reader) {}

private Q_SLOTS:
    void textCaretChatAndTheEditsOfOthersAreRead()
    {
        const QTemporaryDir directory;
        QFile file(directory.filePath(QStringLiteral("plan.txt")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(kPlan.toUtf8()) > 0);
        file.close();
        Host green;
        const QString link =
            green.share(directory.filePath(QStringLiteral("green")), file.fileName());
        QVERIFY(!link.isEmpty());
        AppWindow blue;
        QVERIFY(blue.start(kProgram,
                           {QStringLiteral("--profile"), directory.filePath(QStringLiteral("blue")),
                            QStringLiteral("--name"), QStringLiteral("Blue"),
                            QStringLiteral("--join"), link},
                           QPoint(0, 0)));

        // The text, and what I write into it.
        std::optional<ScreenReader::Item> editor;
        QTRY_VERIFY_WITH_TIMEOUT(
            (editor = m_reader.find(QStringLiteral("text"), QStringLiteral("Document text"))),
            kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(m_reader.text(*editor), kPlan, kPatience);
        blue.click(QPoint(600, 400));
        blue.key(QStringLiteral("ctrl+Home"));
        QTRY_COMPARE_WITH_TIMEOUT(m_reader.caret(*editor), 0, kPatience);
        blue.key(QStringLiteral("Right Right Right"));
        QTRY_COMPARE_WITH_TIMEOUT(m_reader.caret(*editor), 3, kPatience);
        blue.key(QStringLiteral("Down Home"));
        QTRY_COMPARE_WITH_TIMEOUT(m_reader.caret(*editor),
                                  static_cast<int>(kPlan.indexOf(QLatin1String("Each"))),
                                  kPatience);
        blue.type(QStringLiteral("So: "));
        QString text = kPlan;
        text.insert(kPlan.indexOf(QLatin1String("Each")), QLatin1String("So: "));
        QTRY_COMPARE_WITH_TIMEOUT(m_reader.text(*editor), text, kPatience);

        // What is said beside it.
        const auto chat = m_reader.find(QStringLiteral("list"), QStringLiteral("Messages"));
        QVERIFY(chat);
        green.run({{QStringLiteral("do"), QStringLiteral("chat")},
                   {QStringLiteral("text"), QStringLiteral("The ferry comes at 07:50.")}});
        QTRY_COMPARE_WITH_TIMEOUT(m_reader.childNames(*chat).size(), 1, kPatience);
        const QString message = m_reader.childNames(*chat).constFirst();
        QVERIFY2(message.startsWith(QLatin1String("Green")) &&
                     message.endsWith(QLatin1String("The ferry comes at 07:50.")),
                 qPrintable(message));

        // What the others write is told without asking.
        green.run({{QStringLiteral("do"), QStringLiteral("insert")},
                   {QStringLiteral("at"), 0},
                   {QStringLiteral("text"), QStringLiteral("Plan. ")}});
        text.prepend(QLatin1String("Plan. "));
        QTRY_COMPARE_WITH_TIMEOUT(m_reader.text(*editor), text, kPatience);
        QTRY_VERIFY2_WITH_TIMEOUT(
            m_reader.told().contains(QStringLiteral("Green wrote in line 1.")),
            qPrintable(m_reader.told().join(QLatin1Char('\n'))), kPatience);
        QVERIFY(blue.end());
    }

private:
    ScreenReader &m_reader;
};

int main(int argc, char **argv)
{
    const QTemporaryDir runtime;
    // Where the accessibility bus has its socket.
    qputenv("XDG_RUNTIME_DIR", runtime.path().toUtf8());
    guitest::Display display;
    guitest::PrivateBus bus;
    qputenv("QT_QPA_PLATFORM", "xcb");
    QString problem = display.start(1400, 860);
    if (problem.isEmpty()) {
        problem = bus.start();
    }
    if (!problem.isEmpty()) {
        std::fprintf(stderr, "%s\n", qPrintable(problem));
        return 1;
    }
    const QApplication application(argc, argv);
    ScreenReader reader;
    problem = reader.start(bus.connection(QStringLiteral("session")));
    if (!problem.isEmpty()) {
        std::fprintf(stderr, "%s\n", qPrintable(problem));
        return 1;
    }
    ScreenReaderTest test(reader);
    return QTest::qExec(&test, argc, argv);
}

#include "screen_reader_test.moc"
