#include "app/ctl/room_commands.h"

#include "app/ctl/arguments.h"
#include "app/ctl/control_client.h"
#include "app/ctl/export_documents.h"
#include "app/ctl/files.h"
#include "app/ctl/update_json.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>

namespace cowrite::ctl {

namespace {

/// A server with many rooms, or a large document, takes its time.
constexpr std::chrono::seconds kPatience{600};

Outcome failed(const std::string &message)
{
    return {1, {}, "cowritectl: " + message + '\n'};
}

QJsonObject request(const char *command, const Arguments &arguments)
{
    QJsonObject wanted{{QStringLiteral("command"), QString::fromLatin1(command)}};
    if (const auto rooms = arguments.values("--room"); !rooms.empty()) {
        wanted.insert(QStringLiteral("room"), QString::fromStdString(rooms.front()));
    }
    return wanted;
}

Result<QJsonObject> ask(const char *command, const Arguments &arguments)
{
    return askServer(arguments.files()[0], request(command, arguments), kPatience);
}

std::string lineOf(const QJsonObject &room)
{
    QStringList people;
    for (const QJsonValue name : room.value(QLatin1String("people")).toArray()) {
        people.append(name.toString());
    }
    const QJsonValue edited = room.value(QLatin1String("edited"));
    const QString time =
        edited.isUndefined()
            ? QStringLiteral("never")
            : QDateTime::fromMSecsSinceEpoch(edited.toInteger()).toUTC().toString(Qt::ISODate);
    const QStringList columns{room.value(QLatin1String("name")).toString(),
                              QString::number(room.value(QLatin1String("connections")).toInt()),
                              QString::number(room.value(QLatin1String("bytes")).toInteger()), time,
                              people.join(QLatin1String(", "))};
    return columns.join(u'\t').toStdString() + '\n';
}

Outcome list(const Arguments &arguments)
{
    const Result<QJsonObject> answer = ask("room.list", arguments);
    if (!answer) {
        return failed(answer.error().message);
    }
    Outcome outcome;
    for (const QJsonValue room : answer->value(QLatin1String("rooms")).toArray()) {
        outcome.output +=
            arguments.has("--json") ? toLine(room.toObject()) : lineOf(room.toObject());
    }
    return outcome;
}

/// The bytes of a room in the format that was asked for.
Result<Bytes> formatted(const Bytes &update, const Arguments &arguments)
{
    const std::vector<std::string> formats = arguments.values("--format");
    const std::string format = formats.empty() ? "text" : formats.front();
    const std::string room = arguments.value("--room");
    if (format == "json") {
        std::vector<RootChoice> roots;
        for (const std::string &choice : arguments.values("--root")) {
            const Result<RootChoice> root = parseRootChoice(choice);
            if (!root) {
                return tl::unexpected(root.error());
            }
            roots.push_back(*root);
        }
        if (roots.empty()) {
            roots = {{"content", crdt::TypeKind::Text}, {"meta", crdt::TypeKind::Map}};
        }
        const Result<UpdateJson> json =
            updatesToJson({{room, update}}, codec::UpdateFormat::V1, roots);
        if (!json) {
            return tl::unexpected(json.error());
        }
        const std::string text = json->json + '\n';
        return Bytes(text.begin(), text.end());
    }
    const auto known = exportFormatFrom(format);
    if (!known) {
        return fail(ErrorCode::Malformed,
                    "--format is text, html, pdf, update, update-v2 or json, not \"" + format +
                        "\".");
    }
    const Result<QByteArray> content = contentOf(update, QString::fromStdString(room), *known);
    if (!content) {
        return fail(content.error().code,
                    room + " cannot be written so: " + content.error().message);
    }
    return Bytes(content->begin(), content->end());
}

Outcome exportRoom(const Arguments &arguments)
{
    const Result<QJsonObject> answer = ask("room.export", arguments);
    if (!answer) {
        return failed(answer.error().message);
    }
    const QByteArray update =
        QByteArray::fromBase64(answer->value(QLatin1String("update")).toString().toLatin1());
    const Result<Bytes> content = formatted(Bytes(update.begin(), update.end()), arguments);
    if (!content) {
        return failed(content.error().message);
    }
    const std::string target = arguments.value("-o");
    if (target == "-") {
        const bool isText = arguments.values("--format").empty() ||
                            arguments.values("--format").front() == "text" ||
                            arguments.values("--format").front() == "json";
        return {0, std::string(content->begin(), content->end()), {}, !isText};
    }
    const Result<void> written = writeFile(target, *content);
    return written ? Outcome{} : failed(written.error().message);
}

Outcome importRoom(const Arguments &arguments)
{
    const Result<Bytes> update = updateOf(arguments.value("--from"));
    if (!update) {
        return failed(update.error().message);
    }
    QJsonObject wanted = request("room.import", arguments);
    const QByteArray bytes(reinterpret_cast<const char *>(update->data()),
                           static_cast<qsizetype>(update->size()));
    wanted.insert(QStringLiteral("update"), QString::fromLatin1(bytes.toBase64()));
    const Result<QJsonObject> answer = askServer(arguments.files()[0], wanted, kPatience);
    return answer ? Outcome{} : failed(answer.error().message);
}

Outcome deleteRoom(const Arguments &arguments)
{
    if (!arguments.has("--yes")) {
        return failed("this deletes " + arguments.value("--room") +
                      " with its whole history, also for those who are in it. Say --yes.");
    }
    const Result<QJsonObject> answer = ask("room.delete", arguments);
    return answer ? Outcome{} : failed(answer.error().message);
}

} // namespace

Outcome roomCommand(const std::vector<std::string> &words, const TakeLine &take)
{
    const std::string command = words.empty() ? std::string() : words.front();
    Syntax syntax{{}, {"--room"}, {}, false};
    if (command == "list") {
        syntax = {{"--json"}, {}, {}, false};
    } else if (command == "export") {
        syntax = {{}, {"--room", "-o"}, "--root", false, {"--format", "--root"}};
    } else if (command == "import") {
        syntax.values.emplace_back("--from");
    } else if (command == "delete") {
        syntax.flags.emplace_back("--yes");
    } else if (command != "watch") {
        return failed("room knows list, export, import, delete and watch. Try --help.");
    }
    const Result<Arguments> arguments = Arguments::parse({words.begin() + 1, words.end()}, syntax);
    if (!arguments) {
        return failed(arguments.error().message + " Try --help.");
    }
    if (command == "list") {
        return list(*arguments);
    }
    if (command == "export") {
        return exportRoom(*arguments);
    }
    if (command == "import") {
        return importRoom(*arguments);
    }
    if (command == "delete") {
        return deleteRoom(*arguments);
    }
    const Result<void> watched =
        listenToServer(arguments->files()[0], request("room.watch", *arguments), take);
    return watched ? Outcome{} : failed(watched.error().message);
}

} // namespace cowrite::ctl
