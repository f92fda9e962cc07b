#include "app/ctl/token_commands.h"

#include "app/ctl/arguments.h"
#include "app/ctl/control_client.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>

#include <charconv>

namespace cowrite::ctl {

namespace {

Outcome failed(const std::string &message)
{
    return {1, {}, "cowritectl: " + message + '\n'};
}

QJsonObject request(const char *command)
{
    return {{QStringLiteral("command"), QString::fromLatin1(command)}};
}

/// Puts the value of an option into a request, if it is given.
void take(const Arguments &arguments, std::string_view option, const char *member,
          QJsonObject &request)
{
    const std::vector<std::string> values = arguments.values(option);
    if (!values.empty()) {
        request.insert(QLatin1String(member), QString::fromStdString(values.front()));
    }
}

std::string lineOf(const QJsonObject &token)
{
    const auto text = [&](const char *name) { return token.value(QLatin1String(name)).toString(); };
    const QString room = text("room");
    const QJsonValue expires = token.value(QLatin1String("expires"));
    const QString until =
        expires.isUndefined()
            ? QStringLiteral("never")
            : QDateTime::fromSecsSinceEpoch(expires.toInteger()).toUTC().toString(Qt::ISODate);
    const QStringList columns{
        text("id"), text("state"), text("role"), room.isEmpty() ? QStringLiteral("*") : room,
        until,      text("key"),   text("name")};
    return columns.join(u'\t').toStdString() + '\n';
}

Result<QJsonObject> mintRequest(const Arguments &arguments)
{
    QJsonObject wanted = request("token.mint");
    wanted.insert(QStringLiteral("role"), QStringLiteral("edit"));
    take(arguments, "--role", "role", wanted);
    take(arguments, "--name", "name", wanted);
    take(arguments, "--host", "host", wanted);
    take(arguments, "--room", "room", wanted);
    const std::vector<std::string> life = arguments.values("--for");
    const Result<std::int64_t> seconds = parseLife(life.empty() ? "7d" : life.front());
    if (!seconds) {
        return tl::unexpected(seconds.error());
    }
    if (*seconds > 0) {
        wanted.insert(QStringLiteral("life"), qint64{*seconds});
    }
    return wanted;
}

} // namespace

Result<std::int64_t> parseLife(const std::string &text)
{
    if (text == "never") {
        return 0;
    }
    std::int64_t number = 0;
    const char *const end = text.data() + text.size();
    const auto [unit, error] = std::from_chars(text.data(), end, number);
    std::int64_t factor = 0;
    if (error == std::errc() && end - unit == 1 && number > 0 && number <= 1'000'000'000) {
        factor = *unit == 's'   ? 1
                 : *unit == 'm' ? 60
                 : *unit == 'h' ? 3600
                 : *unit == 'd' ? 86'400
                                : 0;
    }
    if (factor == 0) {
        return fail(ErrorCode::Malformed, "\"" + text +
                                              "\" is no time; it looks like 30m, 12h, "
                                              "7d or never.");
    }
    return number * factor;
}

Outcome tokenCommand(const std::vector<std::string> &words)
{
    const std::string command = words.empty() ? std::string() : words.front();
    Syntax syntax{{}, {}, {}, false};
    if (command == "mint") {
        syntax.mayBeLeftOut = {"--room", "--role", "--for", "--name", "--host"};
    } else if (command == "revoke") {
        syntax.mayBeLeftOut = {"--id", "--key"};
    } else if (command == "role") {
        syntax.values = {"--id", "--role"};
    } else if (command == "list") {
        syntax.flags = {"--json"};
    } else {
        return failed("token knows mint, list, revoke and role. Try --help.");
    }
    const Result<Arguments> arguments = Arguments::parse({words.begin() + 1, words.end()}, syntax);
    if (!arguments) {
        return failed(arguments.error().message + " Try --help.");
    }
    Result<QJsonObject> wanted = request(("token." + command).c_str());
    if (command == "mint") {
        wanted = mintRequest(*arguments);
        if (!wanted) {
            return failed(wanted.error().message);
        }
    } else {
        take(*arguments, "--id", "id", *wanted);
        take(*arguments, "--key", "key", *wanted);
        take(*arguments, "--role", "role", *wanted);
    }
    const Result<QJsonObject> answer = askServer(arguments->files()[0], *wanted);
    if (!answer) {
        return failed(answer.error().message);
    }
    Outcome outcome;
    if (command == "mint") {
        outcome.output = answer->value(QLatin1String("link")).toString().toStdString() + '\n';
        outcome.messages = "cowritectl: invitation " +
                           answer->value(QLatin1String("id")).toString().toStdString() + "\n";
    } else if (command == "list") {
        for (const QJsonValue token : answer->value(QLatin1String("tokens")).toArray()) {
            outcome.output +=
                arguments->has("--json") ? toLine(token.toObject()) : lineOf(token.toObject());
        }
    }
    return outcome;
}

} // namespace cowrite::ctl
