#pragma once

#include <QColor>
#include <QImage>
#include <QPoint>
#include <QProcess>
#include <QRect>
#include <QString>
#include <QStringList>

namespace cowrite::guitest {

/// The program in a process of its own, seen and touched like a person does: keys, pointer, pixels
/// and the clipboard.
class AppWindow {
public:
    ~AppWindow();

    /// Starts the program and waits for its window, which is then moved to `place`.
    bool start(const QString &program, const QStringList &arguments, const QPoint &place);
    /// The first line that it prints.
    [[nodiscard]] QString printedLine();
    /// Asks it to end; true if it ended well.
    bool end();
    /// True if it ends well by itself, as somebody has asked it to.
    bool waitForEnd();
    /// As a crash does.
    void kill();

    void minimize();
    /// Whether it is the window that gets the keys.
    [[nodiscard]] bool isActive() const;
    [[nodiscard]] QString title() const;

    void click(const QPoint &point);
    void type(const QString &line);
    void key(const QString &keys);

    /// The text of the editor, by Select all and Copy; the caret is at the end afterwards.
    QString text();
    [[nodiscard]] QImage picture() const;
    /// How many pixels of this colour, or nearly it, are in a part of the window.
    [[nodiscard]] int pixels(const QColor &color, const QRect &part) const;

private:
    void activate();

    QProcess m_process;
    QString m_window;
};

} // namespace cowrite::guitest
