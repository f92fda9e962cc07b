#include "tests/gui/private_bus.h"

#include <QFile>
#include <QFileInfo>

namespace cowrite::guitest {

namespace {

constexpr int kStartTime = 30'000;

/// The accessibility bus is all that it starts by itself: a keyring of this computer, for one,
/// would ask for a password in a window of its own, and take the keys.
constexpr char kStartedService[] = "/usr/share/dbus-1/services/org.a11y.Bus.service";

constexpr char kConfiguration[] = R"(<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <servicedir>%1</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
)";

} // namespace

PrivateBus::~PrivateBus()
{
    if (m_daemon.state() != QProcess::NotRunning) {
        m_daemon.terminate();
        m_daemon.waitForFinished();
    }
}

QString PrivateBus::start()
{
    QFile::link(QLatin1String(kStartedService),
                m_folder.filePath(QFileInfo(QLatin1String(kStartedService)).fileName()));
    QFile configuration(m_folder.filePath(QStringLiteral("bus.conf")));
    const QByteArray text = QString::fromLatin1(kConfiguration).arg(m_folder.path()).toUtf8();
    if (!configuration.open(QIODevice::WriteOnly) || configuration.write(text) != text.size()) {
        return configuration.errorString();
    }
    configuration.close();
    m_daemon.setStandardErrorFile(QProcess::nullDevice());
    m_daemon.start(QStringLiteral("dbus-daemon"),
                   {QStringLiteral("--config-file=") + configuration.fileName(),
                    QStringLiteral("--nofork"), QStringLiteral("--print-address")});
    if (!m_daemon.waitForStarted(kStartTime)) {
        return QStringLiteral("dbus-daemon is missing; ./dev setup installs it");
    }
    while (!m_daemon.canReadLine()) {
        if (!m_daemon.waitForReadyRead(kStartTime)) {
            return QStringLiteral("dbus-daemon does not start");
        }
    }
    m_address = QString::fromUtf8(m_daemon.readLine().trimmed());
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_address.toUtf8());
    return {};
}

QDBusConnection PrivateBus::connection(const QString &name) const
{
    return QDBusConnection::connectToBus(m_address, name);
}

} // namespace cowrite::guitest
