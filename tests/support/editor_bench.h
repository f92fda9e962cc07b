#pragma once

#include "libsync/crdt/doc.h"
#include "tests/support/manual_clock.h"
#include "ui/editor/editor.h"

#include <QString>
#include <QTest>

namespace cowrite::test {

/// An editor on the screen, a text of its own, and somebody else who writes into it.
struct EditorBench {
    SeededRng rng{3};
    ManualClock clock;
    crdt::Doc doc{rng};
    crdt::Text text = *doc.text("content");
    ui::Editor editor{clock, ui::Theme::light()};

    explicit EditorBench(const QString &initial = {})
    {
        remotely([&] { QVERIFY(text.insert(0, initial.toStdU16String())); });
        editor.setText(text);
        editor.setReadOnly(false);
        editor.resize(600, 300);
        editor.show();
        QVERIFY(QTest::qWaitForWindowExposed(&editor));
    }

    /// As an edit of somebody else.
    template <class Edit>
    void remotely(Edit edit)
    {
        doc.transact(edit, crdt::Origin::of(&rng));
    }

    [[nodiscard]] QString shared() const { return QString::fromStdU16String(text.toString()); }

    /// Selects the first place where the text is like this.
    void select(const QString &what)
    {
        const auto from = static_cast<std::uint32_t>(shared().indexOf(what));
        editor.select({from, from + static_cast<std::uint32_t>(what.size())});
    }
};

} // namespace cowrite::test
