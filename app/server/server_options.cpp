#include "app/server/server_options.h"

#include "app/server/option_file.h"
#include "app/server/options.h"

#include <QCommandLineParser>
#include <QFileInfo>
#include <QStandardPaths>

namespace cowrite::server {

namespace {

constexpr char kDescription[] =
    "The Cowrite server: keeps shared documents for a group.\n\n"
    "When it is ready it prints one line, \"listening on ws://ADDRESS:PORT\" (wss:// with "
    "encryption), and with encryption a second one, \"fingerprint F\". A document NAME is at "
    "ws://ADDRESS:PORT/r/NAME; Yjs programs may leave out /r; Cowrite opens "
    "cowrite://ADDRESS:PORT/r/NAME#F. SIGTERM ends it with everything saved, SIGHUP reads its "
    "files again. A switch is turned off by --no- and its name.";

bool isSwitch(const Option &option)
{
    return std::holds_alternative<Switch>(option.field);
}

QString offNameOf(const Option &option)
{
    return QLatin1String("no-") + QLatin1String(option.name);
}

void describe(QCommandLineParser &parser, const Option &option)
{
    const QLatin1String name(option.name);
    QString help = QString::fromUtf8(option.help);
    if (isSwitch(option)) {
        parser.addOption(QCommandLineOption(name, help));
        QCommandLineOption off(offNameOf(option));
        off.setFlags(QCommandLineOption::HiddenFromHelp);
        parser.addOption(off);
        return;
    }
    if (const QString usual = valueOf(option, {}); !usual.isEmpty()) {
        help += QStringLiteral(" Default: %1.").arg(usual);
    }
    parser.addOption(QCommandLineOption(name, help, QLatin1String(option.valueName)));
}

/// What the command line says of an option; nothing if it leaves it to the file.
std::optional<QString> saidOf(const Option &option, const QCommandLineParser &parser)
{
    const QLatin1String name(option.name);
    if (isSwitch(option) && parser.isSet(offNameOf(option))) {
        return QStringLiteral("false");
    }
    if (!parser.isSet(name)) {
        return std::nullopt;
    }
    return isSwitch(option) ? QStringLiteral("true") : parser.value(name);
}

/// What no option can tell alone.
Result<void> complete(ServerOptions &options)
{
    if (options.hasSelfMadeCertificate && !options.certificateFile.isEmpty()) {
        return fail(ErrorCode::Malformed, "Give tls or tls-cert, not both.");
    }
    if (!options.keyFile.isEmpty() && options.certificateFile.isEmpty()) {
        return fail(ErrorCode::Malformed, "tls-key is of no use without tls-cert.");
    }
    if (options.keyFile.isEmpty()) {
        options.keyFile = options.certificateFile;
    }
    if (options.dataDirectory.isEmpty()) {
        options.dataDirectory =
            QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
            QLatin1String("/cowrited");
    }
    return {};
}

} // namespace

Result<std::variant<ServerOptions, PrintText>> parseServerOptions(const QStringList &arguments,
                                                                  const QString &usualFile)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QLatin1String(kDescription));
    const QCommandLineOption config(
        QStringLiteral("config"),
        QStringLiteral("File of options; each has the name of its flag, which counts before it. "
                       "Default: %1, if it is there.")
            .arg(usualFile),
        QStringLiteral("FILE"));
    const QCommandLineOption print(
        QStringLiteral("print-config"),
        QStringLiteral("Print such a file, with every option and its default."));
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")},
                                  QStringLiteral("Show this text."));
    const QCommandLineOption version(QStringLiteral("version"),
                                     QStringLiteral("Show the version."));
    parser.addOption(config);
    for (const Option &option : options()) {
        describe(parser, option);
    }
    parser.addOptions({print, help, version});
    if (!parser.parse(arguments)) {
        return fail(ErrorCode::Malformed, parser.errorText().toStdString() + " Try --help.");
    }
    if (parser.isSet(help)) {
        return PrintText{parser.helpText()};
    }
    if (parser.isSet(version)) {
        return PrintText{QStringLiteral("cowrited " COWRITE_VERSION "\n")};
    }
    if (parser.isSet(print)) {
        return PrintText{exampleOptionFile()};
    }
    if (!parser.positionalArguments().isEmpty()) {
        return fail(ErrorCode::Malformed, "“" + parser.positionalArguments().first().toStdString() +
                                              "” is not understood. Try --help.");
    }
    ServerOptions read;
    const QString file = parser.isSet(config) ? parser.value(config) : usualFile;
    if (parser.isSet(config) || QFileInfo::exists(file)) {
        if (const auto done = readOptionFile(file, read); !done) {
            return tl::unexpected(done.error());
        }
    }
    for (const Option &option : options()) {
        const std::optional<QString> value = saidOf(option, parser);
        if (!value) {
            continue;
        }
        if (const auto set = setOption(option, *value, read); !set) {
            return fail(ErrorCode::Malformed,
                        std::string("--") + option.name + ": " + set.error().message);
        }
    }
    if (const auto completed = complete(read); !completed) {
        return tl::unexpected(completed.error());
    }
    return read;
}

} // namespace cowrite::server
