#include "app/desktop/options.h"

#include <QTest>

using namespace cowrite;
using namespace cowrite::desktop;

namespace {

Result<std::variant<Options, PrintText>> parse(QStringList arguments)
{
    arguments.prepend(QStringLiteral("cowrite"));
    return parseOptions(arguments, QStringLiteral("/here"));
}

} // namespace

class OptionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyOptionIsRead();
    void aLinkThatWasGivenLikeAFileIsAskedAbout();
    void withoutAWindowALinkIsJoined();
    void severalFilesAreOpened();
    void nonsenseGivesASentence_data();
    void nonsenseGivesASentence();
    void headlessIsSeenBeforeThereIsAnApplication();
};

void OptionsTest::everyOptionIsRead()
{
    const auto parsed =
        parse({QStringLiteral("--headless"), QStringLiteral("--control"),
               QStringLiteral("--profile"), QStringLiteral("/tmp/p"), QStringLiteral("--name"),
               QStringLiteral(" Ann "), QStringLiteral("--host"), QStringLiteral("127.0.0.1:0"),
               QStringLiteral("--open"), QStringLiteral("notes.md")});
    QVERIFY(parsed.has_value());
    const auto &options = std::get<Options>(*parsed);
    QVERIFY(options.isHeadless && options.hasControl);
    QCOMPARE(options.profileDirectory, QStringLiteral("/tmp/p"));
    QCOMPARE(options.name, QStringLiteral("Ann"));
    QVERIFY(options.host.has_value());
    QCOMPARE(options.host->port, quint16(0));
    QCOMPARE(options.files, QStringList{QStringLiteral("/here/notes.md")});
    QVERIFY(options.joinAddress.isEmpty());
    QVERIFY(options.exposure == session::Exposure::Encrypted);
    QVERIFY(options.admission == session::Admission::Everybody);
}

void OptionsTest::aLinkThatWasGivenLikeAFileIsAskedAbout()
{
    const auto parsed = parse({QStringLiteral("cowrite://studio:7300/r/x")});
    const auto &options = std::get<Options>(*parsed);
    QCOMPARE(options.links, QStringList{QStringLiteral("cowrite://studio:7300/r/x")});
    QVERIFY(options.joinAddress.isEmpty() && options.files.isEmpty());
    QVERIFY(!options.profileDirectory.isEmpty());
}

void OptionsTest::withoutAWindowALinkIsJoined()
{
    const auto parsed =
        parse({QStringLiteral("--headless"), QStringLiteral("cowrite://studio:7300/r/x")});
    const auto &options = std::get<Options>(*parsed);
    QCOMPARE(options.joinAddress, QStringLiteral("cowrite://studio:7300/r/x"));
    QVERIFY(options.links.isEmpty());
}

void OptionsTest::severalFilesAreOpened()
{
    // As a desktop passes them on.
    const auto parsed = parse({QStringLiteral("file:///home/a%20b.md"), QStringLiteral("../c.md")});
    QVERIFY(parsed.has_value());
    const QStringList wanted{QStringLiteral("/home/a b.md"), QStringLiteral("/c.md")};
    QCOMPARE(std::get<Options>(*parsed).files, wanted);
}

void OptionsTest::nonsenseGivesASentence_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown option") << QStringList{QStringLiteral("--nonsense")};
    QTest::newRow("two files without a window")
        << QStringList{QStringLiteral("--headless"), QStringLiteral("a"), QStringLiteral("b")};
    QTest::newRow("file and link")
        << QStringList{QStringLiteral("--join"), QStringLiteral("studio/r/x"), QStringLiteral("a")};
    QTest::newRow("no port") << QStringList{QStringLiteral("--host"), QStringLiteral("127.0.0.1")};
    QTest::newRow("control with a window") << QStringList{QStringLiteral("--control")};
}

void OptionsTest::nonsenseGivesASentence()
{
    QFETCH(QStringList, arguments);
    const auto parsed = parse(arguments);
    QVERIFY(!parsed.has_value());
    QVERIFY(parsed.error().code == ErrorCode::Malformed);
    QVERIFY(QString::fromStdString(parsed.error().message).endsWith(u'.'));
}

void OptionsTest::headlessIsSeenBeforeThereIsAnApplication()
{
    const char *const with[] = {"cowrite", "--headless", "a"};
    const char *const without[] = {"cowrite", "a"};
    QVERIFY(asksForHeadless(3, with));
    QVERIFY(!asksForHeadless(2, without));
}

QTEST_GUILESS_MAIN(OptionsTest)
#include "options_test.moc"
