#pragma once

#include <QColor>
#include <QString>

#include <cstdint>
#include <vector>

class QPainter;

namespace cowrite::ui {

class Editor;
struct Theme;

/// A piece of text that somebody wrote, or deleted though it is shown.
struct TextMark {
    enum class Kind { Inserted, Deleted };

    std::uint32_t offset = 0;
    std::uint32_t length = 0;
    Kind kind = Kind::Inserted;
    QColor color; ///< of the one who did it

    friend bool operator==(const TextMark &, const TextMark &) = default;
};

/// What changed in a text, painted by the editor around it: all of it in its author's colour, what
/// was written underlined, what was deleted struck through and pale.
///
/// Only what is in sight is looked at, so thousands of marks cost no more than a few.
class TextMarks {
public:
    explicit TextMarks(const Editor &editor) : m_editor(editor) {}

    /// Ascending, without overlaps; to be set again when the text has changed.
    void set(std::vector<TextMark> marks) { m_marks = std::move(marks); }
    [[nodiscard]] const std::vector<TextMark> &all() const { return m_marks; }

    /// `text`, which begins at `offset`, without what is marked as deleted; or as it is if there
    /// is nothing else in it.
    [[nodiscard]] QString withoutDeleted(std::uint32_t offset, const QString &text) const;

    void paintBelow(QPainter &painter, const Theme &theme) const;
    void paintAbove(QPainter &painter, const Theme &theme) const;

private:
    /// The first mark that ends after `offset`.
    [[nodiscard]] std::vector<TextMark>::const_iterator firstAfter(std::uint32_t offset) const;
    /// Calls `visit` with each mark in sight, the line it is in and its rectangle there.
    template <class Visit>
    void forVisibleMarks(Visit visit) const;

    const Editor &m_editor;
    std::vector<TextMark> m_marks;
};

} // namespace cowrite::ui
