#include "app/server/server_options.h"

#include "libsync/net/address.h"

#include <QCommandLineParser>
#include <QStandardPaths>

namespace cowrite::server {

namespace {

QString defaultDataDirectory()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QLatin1String("/cowrited");
}

} // namespace

Result<std::variant<ServerOptions, PrintText>> parseServerOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral(
        "The Cowrite server: keeps shared documents for a group.\n\n"
        "When it is ready it prints one line, \"listening on ws://ADDRESS:PORT\". A document NAME "
        "is at ws://ADDRESS:PORT/r/NAME; Yjs programs may leave out /r. SIGTERM ends it with "
        "everything saved."));
    const QCommandLineOption listen(
        QStringLiteral("listen"),
        QStringLiteral("Where to listen; port 0 picks a free one. Default: 127.0.0.1:%1.")
            .arg(net::kDefaultPort),
        QStringLiteral("ADDRESS:PORT"), QStringLiteral("127.0.0.1:%1").arg(net::kDefaultPort));
    const QCommandLineOption data(
        QStringLiteral("data"),
        QStringLiteral("Folder for the documents. Default: %1.").arg(defaultDataDirectory()),
        QStringLiteral("DIR"), defaultDataDirectory());
    const QCommandLineOption open(
        QStringLiteral("open"),
        QStringLiteral("Let in everybody who reaches the address, without invitation."));
    const QCommandLineOption network(
        QStringLiteral("allow-open-network"),
        QStringLiteral("With --open: listen beyond this machine, unencrypted. Whoever reaches the "
                       "address can read and write everything."));
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")},
                                  QStringLiteral("Show this text."));
    const QCommandLineOption version(QStringLiteral("version"),
                                     QStringLiteral("Show the version."));
    parser.addOptions({listen, data, open, network, help, version});
    if (!parser.parse(arguments)) {
        return fail(ErrorCode::Malformed, parser.errorText().toStdString() + " Try --help.");
    }
    if (parser.isSet(help)) {
        return PrintText{parser.helpText()};
    }
    if (parser.isSet(version)) {
        return PrintText{QStringLiteral("cowrited " COWRITE_VERSION "\n")};
    }
    if (!parser.positionalArguments().isEmpty()) {
        return fail(ErrorCode::Malformed, "“" + parser.positionalArguments().first().toStdString() +
                                              "” is not understood. Try --help.");
    }
    const Result<net::ListenAddress> address = net::parseListenAddress(parser.value(listen));
    if (!address) {
        return tl::unexpected(address.error());
    }
    if (!parser.isSet(open)) {
        return fail(ErrorCode::Unsupported,
                    "This version has no invitations yet. Start with --open to let in everybody "
                    "who reaches the address; without more, those are programs on this machine.");
    }
    ServerOptions options;
    options.address = QHostAddress(address->address);
    options.port = address->port;
    options.dataDirectory = parser.value(data);
    options.exposure =
        parser.isSet(network) ? session::Exposure::OpenNetwork : session::Exposure::LoopbackOnly;
    return options;
}

} // namespace cowrite::server
