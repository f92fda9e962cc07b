#include "app/desktop/window_app.h"

#include "libsync/base/clock.h"
#include "libsync/base/rng.h"
#include "libsync/session/profile/profile.h"
#include "libsync/session/profile/quit_signals.h"
#include "ui/document/document_view.h"
#include "ui/look/icons.h"
#include "ui/look/theme.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QDir>
#include <QHostAddress>
#include <QMessageBox>
#include <QStandardPaths>

#include <cstdio>

namespace cowrite::desktop {

namespace {

QString defaultProfileDirectory()
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation))
        .filePath(QStringLiteral("cowrite"));
}

/// There is no window yet that could show it.
int complain(const Error &error)
{
    std::fprintf(stderr, "cowrite: %s\n", error.message.c_str());
    QMessageBox box(QMessageBox::Warning, QStringLiteral("Cowrite"),
                    QString::fromStdString(error.message));
    box.setObjectName(QStringLiteral("startProblem"));
    box.exec();
    return 1;
}

/// Shares the document in front at the address that was asked for, and prints its link.
Result<void> host(session::Profile &profile, ui::MainWindow &window,
                  const net::ListenAddress &where, session::Exposure exposure)
{
    const QHostAddress address(where.address);
    if (auto started = profile.host().start(address, where.port, exposure); !started) {
        return started;
    }
    if (window.currentView() == nullptr) {
        window.newDocument();
    }
    const ui::DocumentView *view = window.currentView();
    if (view == nullptr) {
        return {}; // the window says why
    }
    const auto link = profile.host().share(view->replica());
    if (!link) {
        return tl::unexpected(link.error());
    }
    std::printf("%s\n", qPrintable(*link));
    std::fflush(stdout);
    return {};
}

} // namespace

int runWindow(const Options &options)
{
    // Before anything that a signal must not interrupt.
    session::QuitSignals quit;
    const ui::Theme system = ui::Theme::matching(QApplication::palette());
    system.applyTo(*qApp);
    QApplication::setWindowIcon(ui::programIcon());

    const SystemClock clock;
    SystemRng rng;
    const QString directory =
        options.profileDirectory.isEmpty() ? defaultProfileDirectory() : options.profileDirectory;
    const auto opened = session::Profile::open(directory, clock, rng);
    if (!opened) {
        return complain(opened.error());
    }
    session::Profile &profile = **opened;
    if (!options.name.isEmpty()) {
        session::Identity identity = profile.identity();
        identity.name = options.name;
        profile.setIdentity(identity);
    }

    ui::MainWindow window(profile, clock, system);
    window.show();
    window.restoreDocuments();
    if (!options.joinAddress.isEmpty()) {
        window.join(options.joinAddress);
    }
    const auto hostIfAsked = [&] {
        if (!options.host) {
            return;
        }
        if (const auto hosting = host(profile, window, *options.host, options.exposure); !hosting) {
            window.showProblem(QString::fromStdString(hosting.error().message));
        }
    };
    if (options.file.isEmpty()) {
        hostIfAsked();
    } else {
        // The file is what is hosted.
        profile.importFile(options.file, [&](const Result<session::Replica *> &replica) {
            window.showOpened(replica);
            hostIfAsked();
        });
    }
    const auto tellOfRepair = [&profile, &window] {
        if (const QString message = profile.repairMessage(); !message.isEmpty()) {
            window.showProblem(message);
        }
    };
    tellOfRepair();
    QObject::connect(&profile, &session::Profile::logRepaired, &window, tellOfRepair);
    if (!profile.hasName()) {
        window.askForIdentity();
    }
    // Asked to end by the system: everything is stored, nothing is asked.
    QObject::connect(&quit, &session::QuitSignals::requested, &window, &ui::MainWindow::finish);
    return QApplication::exec();
}

} // namespace cowrite::desktop
