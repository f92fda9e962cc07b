#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>

class QApplication;

namespace cowrite::ui {

/// The strips of tabs in the middle and on the right are one line.
inline constexpr int kTabStripHeight = 41;
/// So are the bar to move in time and the buttons beside it.
inline constexpr int kTimeBarHeight = 49;

/// The colours of tokens (TokenKind) in code and in prose.
struct SyntaxColors {
    QColor comment;
    QColor string;
    QColor escape;
    QColor keyword;
    QColor type;
    QColor number;
    QColor function;
    QColor variable;
    QColor preprocessor;
    QColor tag;
    QColor inserted;
    QColor deleted;
    QColor heading; ///< and links, also beside the text
};

/// The colours of the window, all of them: the one place they are chosen (mockups/).
struct Theme {
    enum class Kind { Light, Dark };

    Kind kind = Kind::Light;
    QColor page;   ///< behind text: editor, chat, tabs
    QColor chrome; ///< menu bar, list of documents, status bar
    QColor line;   ///< separators and borders
    QColor text;
    QColor mutedText; ///< times, hints, section titles
    QColor lineNumber;
    QColor currentLine;
    QColor accent; ///< the one button that matters, the current tab, headings
    QColor accentHover;
    QColor onAccent; ///< text on accent
    QColor selectedRow;
    QColor hoveredRow;
    QColor selection;     ///< selected text
    QColor found;         ///< behind text that a search found
    QColor bracket;       ///< behind the bracket at the caret and its partner
    QColor banner;        ///< something to know, nothing to fear
    QColor problemBanner; ///< something that must be looked after
    QColor goodBanner;    ///< only to be said
    QColor good;          ///< dots: everything saved
    QColor waiting;       ///< dots: edits wait
    QColor bad;           ///< dots: not saved
    QColor assistant;     ///< faces of programs
    SyntaxColors syntax;

    [[nodiscard]] static Theme light();
    [[nodiscard]] static Theme dark();
    /// What the desktop asks for, judged by the palette it gave the application.
    [[nodiscard]] static Theme matching(const QPalette &system);

    [[nodiscard]] QPalette palette() const;
    /// Everything that a palette cannot say.
    [[nodiscard]] QString styleSheet() const;
    /// Palette, style sheet, style and font for the whole program.
    void applyTo(QApplication &app) const;
};

/// Inter where it is installed, else the system's font; 13 pixels.
[[nodiscard]] QFont interfaceFont();
/// JetBrains Mono where it is installed, else the system's fixed font; 14 pixels.
[[nodiscard]] QFont editorFont();
/// The interface's font, in the size of the editor's.
[[nodiscard]] QFont proportionalFont();

/// What WCAG 2 AA asks for between text and its ground, and between anything else that must be
/// seen and its ground.
inline constexpr double kReadable = 4.5;
inline constexpr double kVisible = 3;

/// The contrast ratio of WCAG 2, 1 to 21. Both are taken to be opaque.
[[nodiscard]] double contrast(const QColor &a, const QColor &b);
/// White where that can be read on `background`, else black.
[[nodiscard]] QColor readableOn(const QColor &background);
/// `color`, somebody's, lighter or darker as far as it takes to be seen on `ground`.
[[nodiscard]] QColor visibleOn(const QColor &ground, const QColor &color);

} // namespace cowrite::ui
