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
        "When it is ready it prints one line, \"listening on ws://ADDRESS:PORT\" (wss:// with "
        "encryption), and with --tls a second one, \"fingerprint F\". A document NAME is at "
        "ws://ADDRESS:PORT/r/NAME; Yjs programs may leave out /r; Cowrite opens "
        "cowrite://ADDRESS:PORT/r/NAME#F. SIGTERM ends it with everything saved."));
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
        QStringLiteral("Let in everybody who reaches the address, without invitation. Otherwise "
                       "make invitations with cowritectl token."));
    const QCommandLineOption network(
        QStringLiteral("allow-open-network"),
        QStringLiteral("Listen beyond this machine although nothing is encrypted, or with --open "
                       "although whoever reaches the address can read and write everything."));
    const QCommandLineOption tls(
        QStringLiteral("tls"),
        QStringLiteral("Encrypt with a certificate that is made on first use and kept in the data "
                       "folder. Links carry its fingerprint; browsers do not know it."));
    const QCommandLineOption certificate(
        QStringLiteral("tls-cert"),
        QStringLiteral("Encrypt with this certificate: PEM, followed by those that vouch for it. "
                       "SIGHUP reads it again."),
        QStringLiteral("FILE"));
    const QCommandLineOption key(
        QStringLiteral("tls-key"),
        QStringLiteral("Its private key, PEM without a password. Default: in the same file."),
        QStringLiteral("FILE"));
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")},
                                  QStringLiteral("Show this text."));
    const QCommandLineOption version(QStringLiteral("version"),
                                     QStringLiteral("Show the version."));
    parser.addOptions({listen, data, open, network, tls, certificate, key, help, version});
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
    if (parser.isSet(tls) && parser.isSet(certificate)) {
        return fail(ErrorCode::Malformed, "Give --tls or --tls-cert, not both.");
    }
    if (parser.isSet(key) && !parser.isSet(certificate)) {
        return fail(ErrorCode::Malformed, "--tls-key is of no use without --tls-cert.");
    }
    ServerOptions options;
    if (parser.isSet(tls)) {
        options.encryption = Encryption::SelfMade;
    } else if (parser.isSet(certificate)) {
        options.encryption = Encryption::Files;
        options.certificateFile = parser.value(certificate);
        options.keyFile = parser.isSet(key) ? parser.value(key) : options.certificateFile;
    }
    options.address = QHostAddress(address->address);
    options.port = address->port;
    options.dataDirectory = parser.value(data);
    options.admission =
        parser.isSet(open) ? session::Admission::Everybody : session::Admission::Invited;
    options.exposure =
        parser.isSet(network) ? session::Exposure::OpenNetwork : session::Exposure::Encrypted;
    return options;
}

} // namespace cowrite::server
