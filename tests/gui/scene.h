#pragma once

#include "tests/gui/person.h"

#include <memory>

namespace cowrite::guitest {

/// Four people who write a plan together, as the window is at work on an ordinary day: text by all
/// of them, carets and a selection, a conversation, comments, documents in the list.
class Scene {
public:
    /// Returns when everybody sees everything.
    Scene();

    Person blue{QStringLiteral("Blue")};
    Person green{QStringLiteral("Green")};
    Person violet{QStringLiteral("Violet")};
    Person amber{QStringLiteral("Amber")};

    /// Selects this piece of the text, and returns whether it is there.
    static bool select(const Person &person, const QString &piece);

private:
    void write();
    void talk();
    void comment();
};

} // namespace cowrite::guitest
