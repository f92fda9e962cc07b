#include "libsync/protocol/presence.h"

#include "libsync/base/ascii.h"
#include "libsync/base/limits.h"

#include <algorithm>

namespace cowrite::protocol {

namespace {

using lib0::Any;
using lib0::AnyObject;

/// The string at `key`, or empty.
std::string_view stringAt(const Any &object, std::string_view key)
{
    const Any *member = object.find(key);
    return member && member->isString() ? member->asString() : std::string_view();
}

/// `#rgb`, `#rrggbb` or `#rrggbbaa` as `#rrggbb`; the default for anything else, which may be a CSS
/// variable (JupyterLab) or a name.
std::string normalColor(std::string_view color)
{
    if (color.empty() || color.front() != '#') {
        return std::string(kDefaultColor);
    }
    color.remove_prefix(1);
    const bool isShort = color.size() == 3;
    if (!isShort && color.size() != 6 && color.size() != 8) {
        return std::string(kDefaultColor);
    }

    std::string result = "#";
    for (const char c : color.substr(0, isShort ? 3 : 6)) {
        const char lower = asciiToLower(c);
        if (!(lower >= '0' && lower <= '9') && !(lower >= 'a' && lower <= 'f')) {
            return std::string(kDefaultColor);
        }
        result.append(isShort ? 2 : 1, lower);
    }
    return result;
}

bool continuesCharacter(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xc0) == 0x80;
}

/// Fit for one line: control characters become spaces, and there is an end to it.
std::string normalName(std::string_view name)
{
    std::string result;
    std::size_t characters = 0;
    for (const char byte : name) {
        if (!continuesCharacter(byte) && ++characters > kMaxNameCharacters) {
            break;
        }
        const auto code = static_cast<unsigned char>(byte);
        result += code < 0x20 || code == 0x7f ? ' ' : byte;
    }
    const auto first = result.find_first_not_of(' ');
    if (first == std::string::npos) {
        return std::string(kAnonymousName);
    }
    return result.substr(first, result.find_last_not_of(' ') - first + 1);
}

std::optional<crdt::RelativePosition> positionAt(const Any &object, std::string_view key)
{
    const Any *member = object.find(key);
    if (!member) {
        return std::nullopt;
    }
    Result<crdt::RelativePosition> position = crdt::relativePositionFromJson(*member);
    if (!position) {
        return std::nullopt;
    }
    return std::move(*position);
}

std::optional<PresenceCursor> cursorFrom(const Any *object)
{
    if (!object) {
        return std::nullopt;
    }
    std::optional<crdt::RelativePosition> anchor = positionAt(*object, "anchor");
    std::optional<crdt::RelativePosition> head = positionAt(*object, "head");
    if (!anchor || !head) {
        return std::nullopt;
    }
    return PresenceCursor{std::move(*anchor), std::move(*head)};
}

/// Jupyter lists all carets of somebody; the primary one, or the first.
std::optional<PresenceCursor> cursorFromList(const Any *list)
{
    if (!list || !list->isArray() || list->asArray().empty()) {
        return std::nullopt;
    }
    const std::span<const lib0::Any> cursors = list->asArray();
    const auto primary = std::find_if(cursors.begin(), cursors.end(), [](const Any &cursor) {
        const Any *flag = cursor.find("primary");
        return flag && flag->isBool() && flag->asBool();
    });
    return cursorFrom(primary == cursors.end() ? &cursors.front() : &*primary);
}

std::optional<PresenceViewport> viewportFrom(const Any *object)
{
    if (!object) {
        return std::nullopt;
    }
    std::optional<crdt::RelativePosition> top = positionAt(*object, "top");
    std::optional<crdt::RelativePosition> bottom = positionAt(*object, "bottom");
    if (!top || !bottom) {
        return std::nullopt;
    }
    return PresenceViewport{std::move(*top), std::move(*bottom)};
}

std::optional<crdt::ClientId> clientFrom(const Any *number)
{
    if (!number || !number->isNumber() || !(number->asNumber() >= 0) ||
        number->asNumber() > static_cast<double>(limits::kMaxSafeInteger)) {
        return std::nullopt;
    }
    return static_cast<crdt::ClientId>(number->asNumber());
}

Typing typingFrom(std::string_view where)
{
    if (where == "content") {
        return Typing::Content;
    }
    return where == "chat" ? Typing::Chat : Typing::None;
}

} // namespace

Presence presenceFromState(crdt::ClientId client, const Any &state)
{
    Presence presence;
    presence.clientId = client;
    if (const Any *user = state.find("user")) {
        const std::string_view displayName = stringAt(*user, "display_name");
        presence.userId = stringAt(*user, "id");
        presence.name = normalName(displayName.empty() ? stringAt(*user, "name") : displayName);
        presence.color = normalColor(stringAt(*user, "color"));
    }
    presence.cursor = cursorFrom(state.find("cursor"));
    if (!presence.cursor) {
        presence.cursor = cursorFrom(state.find("selection"));
    }
    if (!presence.cursor) {
        presence.cursor = cursorFromList(state.find("cursors"));
    }
    presence.typing = typingFrom(stringAt(state, "typing"));
    presence.viewport = viewportFrom(state.find("viewport"));
    presence.following = clientFrom(state.find("following"));
    presence.access = accessFromString(stringAt(state, "access"));
    return presence;
}

Any presenceToState(const Presence &presence)
{
    std::vector<AnyObject::Member> members;
    members.emplace_back("user", userToAny(presence.userId, presence.name, presence.color));
    members.emplace_back("cursor", cursorToAny(presence.cursor));
    if (presence.typing != Typing::None) {
        members.emplace_back("typing", typingToAny(presence.typing));
    }
    if (presence.viewport) {
        members.emplace_back("viewport", viewportToAny(presence.viewport));
    }
    if (presence.following) {
        members.emplace_back("following", followingToAny(presence.following));
    }
    if (presence.access && !mayEdit(*presence.access)) {
        members.emplace_back("access", accessToAny(*presence.access));
    }
    return Any::object(AnyObject::fromMembers(std::move(members)));
}

Any cursorToAny(const std::optional<PresenceCursor> &cursor)
{
    if (!cursor) {
        return nullptr;
    }
    return Any::object(
        {{"anchor", crdt::toJson(cursor->anchor)}, {"head", crdt::toJson(cursor->head)}});
}

Any viewportToAny(const std::optional<PresenceViewport> &viewport)
{
    if (!viewport) {
        return {};
    }
    return Any::object(
        {{"top", crdt::toJson(viewport->top)}, {"bottom", crdt::toJson(viewport->bottom)}});
}

Any followingToAny(std::optional<crdt::ClientId> client)
{
    return client ? Any(*client) : Any();
}

Any accessToAny(Access access)
{
    return mayEdit(access) ? Any() : Any(toString(access));
}

Any typingToAny(Typing typing)
{
    switch (typing) {
    case Typing::None:
        break;
    case Typing::Content:
        return "content";
    case Typing::Chat:
        return "chat";
    }
    return {};
}

Any userToAny(std::string_view userId, std::string_view name, std::string_view color)
{
    const std::string normal = normalColor(color);
    return Any::object(
        {{"id", userId}, {"name", name}, {"color", normal}, {"colorLight", normal + "33"}});
}

std::vector<Presence> presences(const Awareness &awareness, IncludeSelf includeSelf)
{
    std::vector<Presence> people;
    for (const auto &[client, state] : awareness.states()) {
        if (client != awareness.clientId() || includeSelf == IncludeSelf::Yes) {
            people.push_back(presenceFromState(client, state.state));
        }
    }
    return people;
}

} // namespace cowrite::protocol
