#include "ui/editor/typing.h"

namespace cowrite::ui {

void endTyping(session::Replica &replica, protocol::Typing where)
{
    const std::vector<protocol::Presence> people = replica.people();
    if (!people.empty() && people.front().clientId == replica.doc().clientId() &&
        people.front().typing == where) {
        replica.setTyping(protocol::Typing::None);
    }
}

} // namespace cowrite::ui
