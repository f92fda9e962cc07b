#pragma once

#include "libsync/session/document/document_info.h"
#include "ui/document/place_in_text.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <memory>
#include <mutex>
#include <optional>

namespace cowrite::ui {

/// How a window was left: everything that the next start brings back.
struct WindowState {
    struct Tab {
        session::DocumentId id = 0;
        /// Nothing if it was not known yet.
        std::optional<PlaceInText> place;
        bool hasPreview = false;

        friend bool operator==(const Tab &, const Tab &) = default;
    };

    QByteArray geometry; ///< as QWidget::saveGeometry(); empty for none
    QByteArray panes;    ///< as QSplitter::saveState(); empty for none
    bool isSidebarShown = true;
    bool isSidePaneShown = true;
    int sideTab = 0;
    QList<Tab> tabs;
    int currentTab = -1; ///< -1 for none

    friend bool operator==(const WindowState &, const WindowState &) = default;
};

[[nodiscard]] QByteArray toJson(const WindowState &state);
/// What is missing or makes no sense is as in a new window.
[[nodiscard]] WindowState windowStateFromJson(const QByteArray &json);

/// Keeps the state of a window in a file, so that it is there also after a crash.
class WindowStateFile {
public:
    explicit WindowStateFile(const QString &path);

    [[nodiscard]] WindowState read() const;
    /// Returns at once; a thread of the pool writes, unless it is what was written last.
    void write(const WindowState &state);
    /// The same, and it is in the file afterwards.
    void writeNow(const WindowState &state);

private:
    /// What the threads share: an older state never replaces a newer one.
    struct Writer {
        QString path;
        std::mutex mutex;
        int written = 0;

        void write(int number, const QByteArray &json);
    };

    std::shared_ptr<Writer> m_writer;
    QByteArray m_last;
    int m_count = 0;
};

} // namespace cowrite::ui
