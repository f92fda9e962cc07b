#include "app/desktop/window_app.h"

#include "app/desktop/color_scheme.h"
#include "app/desktop/hosting_tray.h"
#include "app/desktop/instance.h"
#include "app/desktop/keyring.h"
#include "app/desktop/notifications.h"
#include "libsync/base/clock.h"
#include "libsync/base/rng.h"
#include "libsync/session/profile/profile.h"
#include "libsync/session/profile/quit_signals.h"
#include "ui/document/document_view.h"
#include "ui/look/icons.h"
#include "ui/look/theme.h"
#include "ui/window/main_window.h"
#include "ui/words/sentence.h"
#include "ui/words/translation.h"

#include <QApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QHostAddress>
#include <QMessageBox>
#include <QPointer>
#include <QThread>

#include <cstdio>

namespace cowrite::desktop {

namespace {

using namespace std::chrono_literals;

/// How long a start waits for an instance that answers, but is on its way out.
constexpr auto kEndingTime = 10s;
/// And for one that holds the profile and does not listen: it may only just have started.
constexpr auto kStartingTime = 2s;
constexpr auto kRetryTime = 50ms;
/// The first paint waits so long for the desktop to say whether it is dark.
constexpr auto kLookTime = 100ms;

/// There is no window yet that could show it.
int complain(const Error &error)
{
    std::fprintf(stderr, "cowrite: %s\n", error.message.c_str());
    QMessageBox box(QMessageBox::Warning, QStringLiteral("Cowrite"), ui::sentenceOf(error));
    box.setObjectName(QStringLiteral("startProblem"));
    box.exec();
    return 1;
}

Result<void> startHost(session::Profile &profile, const Options &options)
{
    return profile.host().start(QHostAddress(options.host->address), options.host->port,
                                options.exposure, options.admission);
}

/// Shares the document in front at the address that was asked for, and prints its link.
Result<void> host(session::Profile &profile, ui::MainWindow &window, const Options &options)
{
    if (auto started = startHost(profile, options); !started) {
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

/// Does what a start asks for, the first one or a later one.
void carryOut(const Options &options, session::Profile &profile, ui::MainWindow &window)
{
    if (!options.name.isEmpty()) {
        session::Identity identity = profile.identity();
        identity.name = options.name;
        profile.setIdentity(identity);
    }
    if (!options.joinAddress.isEmpty()) {
        window.join(options.joinAddress);
    }
    for (const QString &link : options.links) {
        window.askToJoin(link);
    }
    const auto hostIfAsked = [&profile, &window, options] {
        if (!options.host) {
            return;
        }
        if (const auto hosting = host(profile, window, options); !hosting) {
            window.showProblem(ui::sentenceOf(hosting.error()));
        }
    };
    if (options.files.isEmpty()) {
        hostIfAsked();
    }
    for (const QString &file : options.files) {
        // The last file is what is hosted.
        const bool isLast = &file == &options.files.last();
        profile.importFile(file, [window = QPointer(&window), hostIfAsked,
                                  isLast](const Result<session::Replica *> &replica) {
            if (window) {
                window->showOpened(replica);
                if (isLast) {
                    hostIfAsked();
                }
            }
        });
    }
}

/// Another start of the program for this profile. False if the window is on its way out.
bool take(const Start &start, session::Profile &profile, ui::MainWindow &window)
{
    if (window.isClosing()) {
        return false;
    }
    if (!start.activationToken.isEmpty()) {
        qputenv("XDG_ACTIVATION_TOKEN", start.activationToken.toUtf8());
    }
    window.comeToFront();
    // Whoever sent them has checked them already.
    if (const auto parsed = parseOptions(start.arguments, start.folder)) {
        if (const auto *options = std::get_if<Options>(&*parsed)) {
            carryOut(*options, profile, window);
        }
    }
    return true;
}

/// The profile, or null if another instance has it open and does what was asked for.
Result<std::unique_ptr<session::Profile>> openOrHandOver(const QString &directory,
                                                         const QStringList &arguments,
                                                         const Clock &clock, Rng &rng,
                                                         Keyring &keyring)
{
    session::ProfileOptions options;
    options.secrets = &keyring;
    const Start start{QDir::currentPath(), arguments, qEnvironmentVariable("XDG_ACTIVATION_TOKEN")};
    const QDeadlineTimer ending(kEndingTime);
    const QDeadlineTimer starting(kStartingTime);
    for (;;) {
        const Instance::Answer answer = Instance::handOver(directory, start, kEndingTime);
        if (answer == Instance::Answer::Taken) {
            return nullptr;
        }
        auto opened = session::Profile::open(directory, clock, rng, options);
        const bool isOver = (answer == Instance::Answer::Ending ? ending : starting).hasExpired();
        if (opened || opened.error().code != ErrorCode::Busy || isOver) {
            return opened;
        }
        QThread::msleep(kRetryTime.count());
    }
}

} // namespace

int runWindow(const Options &options, const QStringList &arguments)
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    ColorScheme scheme(bus); // asks while the profile is being opened
    const SystemClock clock;
    SystemRng rng;
    Keyring keyring;
    const auto opened = openOrHandOver(options.profileDirectory, arguments, clock, rng, keyring);
    if (opened && !*opened) {
        return 0;
    }
    // Before anything that a signal must not interrupt.
    session::QuitSignals quit;
    ui::useLanguageOf(QLocale::system());
    QApplication::setWindowIcon(ui::programIcon());
    scheme.waitForAnswer(kLookTime);
    // Before there is a widget: the desktop has fonts of its own for menus and inputs, and those
    // that exist keep them.
    scheme.theme().applyTo(*qApp);
    if (!opened) {
        return complain(opened.error());
    }
    session::Profile &profile = **opened;

    ui::MainWindow window(profile, clock, scheme.theme());
    QObject::connect(&scheme, &ColorScheme::changed, &window,
                     [&] { window.setSystemTheme(scheme.theme()); });
    Notifications notifications(bus);
    QObject::connect(&window, &ui::MainWindow::mentioned, &notifications,
                     [&](session::DocumentId document, const QString &title, const QString &text) {
                         notifications.show(title, text, [&window, document] {
                             window.comeToFront();
                             window.openDocument(document);
                         });
                     });
    const HostingTray tray(profile.host(), window);
    const Instance instance(options.profileDirectory,
                            [&](const Start &start) { return take(start, profile, window); });
    if (options.host) {
        // Before documents are back that were shared: they go on at this address then. What is
        // wrong with it is said when it is tried once more, to share what was asked for.
        (void)startHost(profile, options);
    }
    window.show();
    window.restoreDocuments();
    carryOut(options, profile, window);
    const auto tellOfRepair = [&profile, &window] {
        if (const QString message = profile.repairMessage(); !message.isEmpty()) {
            window.showProblem(ui::sentenceOf(message));
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
