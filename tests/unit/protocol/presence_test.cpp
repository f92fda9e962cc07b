#include "libsync/lib0/json.h"
#include "libsync/protocol/presence.h"
#include "tests/support/manual_clock.h"

#include <QtTest/QTest>

using namespace cowrite;
using namespace cowrite::protocol;
using cowrite::lib0::Any;

namespace {

Any json(std::string_view text)
{
    return *lib0::parseJson(text);
}

Presence read(std::string_view text)
{
    return presenceFromState(7, json(text));
}

Presence readUser(std::string_view key, std::string_view value)
{
    const Any user = Any::object({{std::string(key), value}});
    return presenceFromState(7, Any::object({{"user", user}}));
}

crdt::RelativePosition position(crdt::ClientId client, crdt::Clock clock)
{
    crdt::RelativePosition result;
    result.rootName = "content";
    result.item = crdt::Id{client, clock};
    return result;
}

Presence ann()
{
    Presence presence;
    presence.clientId = 7;
    presence.userId = "u1";
    presence.name = "Ann";
    presence.color = "#30bced";
    presence.cursor = PresenceCursor{position(1, 4), position(1, 6)};
    return presence;
}

constexpr const char *kPosition =
    R"({"type":null,"tname":"content","item":{"client":1,"clock":4},"assoc":0})";

} // namespace

class PresenceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ourStateHasExplicitNullsThatEveryEditorCanRead()
    {
        const auto text = lib0::stringifyJson(presenceToState(ann()));
        QCOMPARE(QByteArray::fromStdString(*text),
                 QByteArray(R"({"user":{"id":"u1","name":"Ann","color":"#30bced",)"
                            R"("colorLight":"#30bced33"},"cursor":{"anchor":{"type":null,)"
                            R"("tname":"content","item":{"client":1,"clock":4},"assoc":0},)"
                            R"("head":{"type":null,"tname":"content",)"
                            R"("item":{"client":1,"clock":6},"assoc":0}}})"));
    }

    void ourStateReadsBack()
    {
        Presence presence = ann();
        presence.typing = Typing::Chat;
        presence.viewport = PresenceViewport{position(1, 0), position(1, 9)};
        QVERIFY(presenceFromState(7, presenceToState(presence)) == presence);
        presence.typing = Typing::Content;
        presence.cursor.reset();
        presence.viewport.reset();
        QVERIFY(presenceFromState(7, presenceToState(presence)) == presence);
    }

    void noCursorIsAnExplicitNullAndNoTypingIsAbsent()
    {
        QVERIFY(cursorToAny(std::nullopt).isNull());
        QVERIFY(typingToAny(Typing::None).isUndefined());
        QVERIFY(viewportToAny(std::nullopt).isUndefined());
        Presence presence = ann();
        presence.cursor.reset();
        const Any state = presenceToState(presence);
        QVERIFY(state.find("cursor")->isNull());
        QVERIFY(!state.find("typing") && !state.find("viewport"));
    }

    void anEmptyStateGetsTheDefaults()
    {
        for (const char *text : {"{}", "[]", "3", R"({"user":5,"cursor":[],"typing":{}})",
                                 R"({"user":{"name":"","color":"red"}})"}) {
            const Presence presence = read(text);
            QCOMPARE(presence.clientId, crdt::ClientId{7});
            QCOMPARE(presence.name, std::string("Anonymous"));
            QCOMPARE(presence.color, std::string("#30bced"));
            QVERIFY(presence.userId.empty());
            QVERIFY(!presence.cursor && !presence.viewport);
            QVERIFY(presence.typing == Typing::None);
        }
    }

    // Conformance case 81.
    void monacosSelectionAndJupytersListAreCursors()
    {
        const std::string where = kPosition;
        const std::string cursor = R"({"anchor":)" + where + R"(,"head":)" + where + "}";
        const std::string second =
            R"({"anchor":)" + where + R"(,"head":)" + where + R"(,"primary":true,"empty":true})";
        const PresenceCursor expected{position(1, 4), position(1, 4)};
        QVERIFY(read(R"({"cursor":)" + cursor + "}").cursor == expected);
        QVERIFY(read(R"({"selection":)" + cursor + "}").cursor == expected);
        QVERIFY(read(R"({"cursors":[)" + cursor + "]}").cursor == expected);
        QVERIFY(read(R"({"cursors":[{"anchor":1},)" + second + "]}").cursor == expected);
        QVERIFY(!read(R"({"cursors":[]})").cursor);
        QVERIFY(!read(R"({"cursor":{"anchor":)" + where + R"(,"head":7}})").cursor);
    }

    void bothShapesOfARelativePositionAreRead()
    {
        const std::string shape = R"({"tname":"content","item":{"client":1,"clock":4}})";
        const auto cursor = read(R"({"cursor":{"anchor":)" + shape + R"(,"head":)" + shape + "}}");
        QVERIFY(cursor.cursor == (PresenceCursor{position(1, 4), position(1, 4)}));
    }

    void jupytersIdentityIsShownByItsDisplayName()
    {
        const Presence presence = read(
            R"j({"user":{"username":"a1","name":"ann","display_name":"Ann B","color":"var(--x)"}})j");
        QCOMPARE(presence.name, std::string("Ann B"));
        QCOMPARE(presence.color, std::string("#30bced"));
    }

    void coloursAreNormalised()
    {
        QCOMPARE(readUser("color", "#ABCDEF").color, std::string("#abcdef"));
        QCOMPARE(readUser("color", "#abcdef80").color, std::string("#abcdef"));
        QCOMPARE(readUser("color", "#fa0").color, std::string("#ffaa00"));
        QCOMPARE(readUser("color", "#abcdeg").color, std::string("#30bced"));
        QCOMPARE(readUser("color", "#").color, std::string("#30bced"));
    }

    void namesFitOnOneLine()
    {
        QCOMPARE(readUser("name", "  Ann\nB\t ").name, std::string("Ann B"));
        QCOMPARE(readUser("name", "\a").name, std::string("Anonymous"));
        std::string text;
        for (int i = 0; i < 300; ++i)
            text += "\xc3\xbc";
        const std::string name = readUser("name", text).name;
        QCOMPARE(name, text.substr(0, 2 * kMaxNameCharacters));
    }

    void everybodyIsListedOnce()
    {
        ManualClock clock;
        Awareness awareness(7, clock);
        QVERIFY(awareness.setLocalState(presenceToState(ann())).has_value());
        QVERIFY(awareness.apply(encodeAwarenessUpdate({{9, 1, {}, "{}"}, {3, 1, {}, "{}"}}), {})
                    .has_value());
        QCOMPARE(presences(awareness, IncludeSelf::No).size(), 2u);
        const auto all = presences(awareness, IncludeSelf::Yes);
        QCOMPARE(all.size(), 3u);
        QVERIFY(all[0].clientId == 3 && all[1] == ann() && all[2].clientId == 9);
    }
};

QTEST_APPLESS_MAIN(PresenceTest)
#include "presence_test.moc"
