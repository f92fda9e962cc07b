#include "tests/gui/scene.h"

#include "libsync/session/document/chat.h"
#include "libsync/session/document/comments.h"
#include "ui/document/document_view.h"
#include "ui/editor/editor.h"

namespace cowrite::guitest {

namespace {

constexpr char kPlan[] = "# Launch plan: river survey\n"
                         "\n"
                         "We leave from the north landing at **07:40** and work downstream.\n"
                         "\n"
                         "## Stations\n"
                         "\n"
                         "- S1 bridge pier\n"
                         "- S2 weir pool\n"
                         "- S4 confluence (optional, decide on the water)\n"
                         "\n"
                         "## Protocol\n"
                         "\n"
                         "1. Rinse the sonde three times.\n";

constexpr char kScript[] = "#!/usr/bin/env python3\n"
                           "import csv\n"
                           "\n"
                           "def mean(values: list[float]) -> float:\n"
                           "    \"\"\"The mean, and 0 for nothing.\"\"\"\n"
                           "    return sum(values) / len(values) if values else 0.0\n"
                           "\n"
                           "with open(\"readings.csv\") as file:  # one row a station\n"
                           "    for row in csv.DictReader(file):\n"
                           "        print(row[\"station\"], mean([float(row[\"depth\"])]))\n";

session::Replica &replicaOf(const Person &person)
{
    return person.window->currentView()->replica();
}

void setColor(const Person &person, const char *color)
{
    session::Identity identity = person.profile->identity();
    identity.color = QLatin1String(color);
    person.profile->setIdentity(identity);
}

void writeAfter(const Person &person, const QString &piece, const QString &text)
{
    QVERIFY(Scene::select(person, piece));
    person.editor()->moveCursor(QTextCursor::EndOfBlock);
    person.editor()->insertPlainText(text);
}

/// Returns when the others have it, so that messages stand in the order they were said in.
void say(const Person &person, const char *text, const QList<const Person *> &everybody,
         const QString &replyTo = {})
{
    const qsizetype before = replicaOf(person).chat().messages().size();
    QVERIFY(replicaOf(person).chat().send(person.profile->identity(), QString::fromUtf8(text),
                                          replyTo));
    for (const Person *other : everybody) {
        QTRY_COMPARE_WITH_TIMEOUT(replicaOf(*other).chat().messages().size(), before + 1,
                                  kPatience);
    }
}

} // namespace

bool Scene::select(const Person &person, const QString &piece)
{
    const QTextCursor cursor = person.editor()->document()->find(piece);
    if (cursor.isNull()) {
        return false;
    }
    person.editor()->setTextCursor(cursor);
    return true;
}

Scene::Scene()
{
    setColor(blue, "#2f6fed");
    setColor(green, "#1e9e5a");
    setColor(violet, "#9b51e0");
    setColor(amber, "#d9730d");
    const auto open = [this](const char *name, const char *content) {
        const int before = blue.tabs()->count();
        blue.window->openFile(blue.writeFile(QLatin1String(name), content));
        QTRY_COMPARE_WITH_TIMEOUT(blue.tabs()->count(), before + 1, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(blue.editor()->toPlainText(), QLatin1String(content), kPatience);
    };
    open("Draft letter", kScript);
    open("survey.py", kScript);
    open("Launch plan.md", kPlan);
    const QString link = blue.share();
    for (const Person *guest : {&green, &violet, &amber}) {
        guest->window->join(link);
        QTRY_VERIFY_WITH_TIMEOUT(guest->editor() != nullptr &&
                                     guest->editor()->toPlainText() == QLatin1String(kPlan),
                                 kPatience);
    }
    write();
    talk();
    comment();
}

void Scene::write()
{
    writeAfter(green, QStringLiteral("downstream."),
               QStringLiteral("\nEach boat carries one sonde, one spare battery and a paper log."));
    writeAfter(violet, QStringLiteral("bridge pier"),
               QStringLiteral(", east side only while the crane is up"));
    writeAfter(amber, QStringLiteral("three times."),
               QStringLiteral("\n2. Log depth, temperature, conductivity; wait for 30 s of steady "
                              "readings."));
    QTRY_VERIFY_WITH_TIMEOUT(select(green, QStringLiteral("steady readings.")), kPatience);
    writeAfter(green, QStringLiteral("steady readings."),
               QStringLiteral("\n3. Photograph the gauge board."));
    QTRY_VERIFY_WITH_TIMEOUT(select(blue, QStringLiteral("gauge board.")), kPatience);
    QVERIFY(select(violet, QStringLiteral("east side only while the crane is up")));
    QVERIFY(select(green, QStringLiteral("paper log.")));
    green.editor()->moveCursor(QTextCursor::EndOfBlock);
    blue.editor()->moveCursor(QTextCursor::End);
}

void Scene::talk()
{
    const QList<const Person *> everybody = {&blue, &green, &violet, &amber};
    say(violet, "The crane permit came through. I am rewriting S1.", everybody);
    say(green, "Good. Do we still want the photo step? See line 16", everybody);
    say(amber, "Yes, the gauge board was missing last time.", everybody,
        replicaOf(amber).chat().messages().last().id);
    say(blue, "Then it stays. @Green, who brings the paper log?", everybody);
}

void Scene::comment()
{
    const auto about = [](const Person &person, const QString &piece, const char *text) {
        const auto from = static_cast<std::uint32_t>(person.editor()->toPlainText().indexOf(piece));
        const auto to = from + static_cast<std::uint32_t>(piece.size());
        session::Replica &replica = replicaOf(person);
        const auto anchor = session::Comments::anchorOf(replica.content(), {from, to});
        QVERIFY(replica.comments().begin(person.profile->identity(), replica.content(), anchor,
                                         QString::fromUtf8(text)));
    };
    about(green, QStringLiteral("07:40"), "The ferry only comes at 07:50.");
    about(amber, QStringLiteral("weir pool"), "Is the gate open again?");
    QTRY_COMPARE_WITH_TIMEOUT(replicaOf(blue).comments().threads().size(), 2, kPatience);
    QVERIFY(replicaOf(blue).comments().reply(blue.profile->identity(),
                                             replicaOf(blue).comments().threads().first().id,
                                             QStringLiteral("Then we leave at 07:55.")));
}

} // namespace cowrite::guitest
