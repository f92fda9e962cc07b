#pragma once

#include "tests/gui/person.h"
#include "ui/editor/editor.h"

namespace cowrite::guitest {

/// A person who opens a file and does something with its text.
struct Writer : Person {
    using Person::Person;

    void open(const QString &name, const QByteArray &content) const
    {
        window->openFile(writeFile(name, content));
        QTRY_VERIFY_WITH_TIMEOUT(editor() != nullptr && !editor()->isReadOnly() &&
                                     editor()->toPlainText().toUtf8() == content,
                                 kPatience);
    }

    [[nodiscard]] ui::Editor &text() const { return *find<ui::Editor>("editor"); }
    [[nodiscard]] QString selected() const { return editor()->textCursor().selectedText(); }
    [[nodiscard]] QString content() const { return editor()->toPlainText(); }

    void look(const char *action, const QString &pattern) const
    {
        trigger(action);
        auto *input = find<QLineEdit>("findInput");
        QVERIFY(input->isVisible());
        input->clear();
        QTest::keyClicks(input, pattern);
    }

    void key(const char *widget, Qt::Key key,
             Qt::KeyboardModifiers modifiers = Qt::NoModifier) const
    {
        QTest::keyClick(find<QWidget>(widget), key, modifiers);
    }
};

} // namespace cowrite::guitest
