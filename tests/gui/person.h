#pragma once

#include "libsync/base/clock.h"
#include "libsync/base/rng.h"
#include "libsync/session/profile/profile.h"
#include "tests/support/memory_secrets.h"
#include "ui/window/main_window.h"
#include "ui/words/translation.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace cowrite::guitest {

/// Tests read English, also where it depends on numbers.
inline void speakEnglish()
{
    ui::useLanguageOf(QLocale::c());
}
Q_COREAPP_STARTUP_FUNCTION(speakEnglish)

/// How long a test waits for what should happen, in milliseconds.
inline constexpr int kPatience = 30'000;

/// The machine's clocks, of which the wall clock goes wrong by as much as a test likes.
class ShiftedClock final : public Clock {
public:
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override
    {
        return m_system.steadyNow();
    }
    [[nodiscard]] std::chrono::system_clock::time_point wallNow() const override
    {
        return m_system.wallNow() + m_shift;
    }
    void setShift(std::chrono::minutes shift) { m_shift = shift; }

private:
    SystemClock m_system;
    std::chrono::minutes m_shift{0};
};

/// A person with a profile and a window, in this process.
struct Person {
    ShiftedClock clock;
    SystemRng rng;
    QTemporaryDir home;
    MemorySecrets secrets;
    std::unique_ptr<session::Profile> profile;
    std::unique_ptr<ui::MainWindow> window;

    /// `vfs`: the SQLite VFS of the log, to break the disk with.
    explicit Person(const QString &name, const std::string &vfs = {}) { start(name, vfs); }

    void start(const QString &name, const std::string &vfs = {})
    {
        session::ProfileOptions options;
        options.vfs = vfs;
        options.secrets = &secrets;
        auto opened = session::Profile::open(home.path(), clock, rng, options);
        QVERIFY2(opened, opened ? "" : opened.error().message.c_str());
        profile = std::move(*opened);
        if (!profile->hasName()) {
            profile->setIdentity(session::newIdentity(name, rng));
        }
        window = std::make_unique<ui::MainWindow>(*profile, clock, ui::Theme::light());
        window->show();
        QVERIFY(QTest::qWaitForWindowExposed(window.get()));
    }

    template <class Widget>
    Widget *find(const char *name) const
    {
        // The document in front has the only visible editor and banner.
        const QList<Widget *> all = window->findChildren<Widget *>(QLatin1String(name));
        for (Widget *widget : all) {
            if (widget->isVisible()) {
                return widget;
            }
        }
        return all.isEmpty() ? nullptr : all.first();
    }

    QPlainTextEdit *editor() const { return find<QPlainTextEdit>("editor"); }
    /// The words of a label, or of a button.
    QString label(const char *name) const
    {
        const auto *widget = find<QWidget>(name);
        const auto *button = qobject_cast<const QPushButton *>(widget);
        return button != nullptr ? button->text() : qobject_cast<const QLabel *>(widget)->text();
    }
    QTabBar *tabs() const { return find<QTabBar>("tabBar"); }

    void press(const char *name) const
    {
        QTest::mouseClick(find<QPushButton>(name), Qt::LeftButton);
    }

    void trigger(const char *name) const
    {
        window->findChild<QAction *>(QLatin1String(name))->trigger();
    }

    QString share() const
    {
        press("shareButton");
        const QString link = find<QLineEdit>("shareLink")->text();
        press("shareDone");
        return link;
    }

    QString banner() const
    {
        auto *banner = find<QFrame>("banner");
        return banner != nullptr && banner->isVisible() ? banner->accessibleName() : QString();
    }

    QString writeFile(const QString &name, const QByteArray &content) const
    {
        const QString path = home.filePath(name);
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) {
            return {};
        }
        return path;
    }

    /// Keeps a picture of the window, to be compared with the mockups.
    void keep(const QString &name) const
    {
        const QDir directory(QStringLiteral(COWRITE_ARTEFACTS));
        QVERIFY(directory.mkpath(QStringLiteral(".")));
        QVERIFY(window->grab().save(directory.filePath(name + QStringLiteral(".png"))));
    }
};

} // namespace cowrite::guitest
