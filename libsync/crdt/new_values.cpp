#include "libsync/crdt/store.h"

#include <span>

namespace cowrite::crdt {

namespace {

TypeKind kindOf(const NewValue &value)
{
    static constexpr TypeKind kKinds[] = {
        TypeKind::Untyped, // Any.
        TypeKind::Text,       TypeKind::Array,   TypeKind::Map,     TypeKind::XmlFragment,
        TypeKind::XmlElement, TypeKind::XmlText, TypeKind::XmlHook, TypeKind::Untyped}; // Subdoc.
    static_assert(std::size(kKinds) == std::variant_size_v<decltype(value.content)>);
    return kKinds[value.content.index()];
}

std::string_view nameOf(const NewValue &value)
{
    if (const auto *element = std::get_if<NewXmlElement>(&value.content)) {
        return element->nodeName;
    }
    const auto *hook = std::get_if<NewXmlHook>(&value.content);
    return hook != nullptr ? std::string_view(hook->hookName) : std::string_view();
}

std::u16string_view textOf(const NewValue &value)
{
    if (const auto *text = std::get_if<NewText>(&value.content)) {
        return text->text;
    }
    const auto *text = std::get_if<NewXmlText>(&value.content);
    return text != nullptr ? std::u16string_view(text->text) : std::u16string_view();
}

/// How Yjs stores a plain value: bytes by themselves, all else as `any` (yjs-compat 5.3).
Content contentOf(const Any &value)
{
    if (value.isBytes()) {
        return BinaryContent{value};
    }
    return AnyContent{{value}};
}

/// Puts new values into a branch. A nested type is followed at once by its content, children before
/// attributes: the order in which Yjs writes them (yjs-compat 5.1). What is begun is a list, not
/// the stack, as values may nest deeply.
class Builder {
public:
    explicit Builder(Store &store) : m_store(store) {}

    void insertValues(Branch *parent, Item *left, std::span<const NewValue> values)
    {
        m_begun.push_back({parent, left, values, {}});
        run();
    }
    void setKey(Branch *parent, std::string_view key, const NewValue &value)
    {
        writeEntry(parent, key, value);
        run();
    }
    void insertType(Branch *parent, Item *left, Item *right, const NewValue &value)
    {
        fill(newNested(parent, left, right, nullptr, value), value);
        run();
    }

private:
    struct Begun {
        Branch *branch;
        Item *left; ///< What the next of `values` follows.
        std::span<const NewValue> values;
        std::span<const NewEntries::value_type> entries;
    };

    void run()
    {
        while (!m_begun.empty()) {
            Begun &top = m_begun.back();
            if (!top.values.empty()) {
                writeNextValues(top);
            } else if (!top.entries.empty()) {
                const auto &[key, value] = top.entries.front();
                top.entries = top.entries.subspan(1);
                writeEntry(top.branch, key, value);
            } else {
                m_begun.pop_back();
            }
        }
    }

    void writeNextValues(Begun &top);
    void writeEntry(Branch *parent, std::string_view key, const NewValue &value);
    Item *newNested(Branch *parent, Item *left, Item *right, KeyChain *chain,
                    const NewValue &value);
    void fill(const Item *item, const NewValue &value);

    Store &m_store;
    std::vector<Begun> m_begun;
};

/// One nested type or subdocument, one byte string, or all plain values up to the next of these.
void Builder::writeNextValues(Begun &top)
{
    Item *const right = top.left != nullptr ? top.left->right : top.branch->sequence.first();
    const NewValue &first = top.values.front();
    if (first.any() == nullptr || first.any()->isBytes()) {
        top.values = top.values.subspan(1);
        if (first.any() != nullptr) {
            top.left =
                m_store.insertContent(top.branch, top.left, right, contentOf(*first.any()), 1);
        } else {
            top.left = newNested(top.branch, top.left, right, nullptr, first);
            fill(top.left, first);
        }
        return;
    }
    AnyContent run;
    while (!top.values.empty() && top.values.front().any() != nullptr &&
           !top.values.front().any()->isBytes()) {
        run.values.push_back(*top.values.front().any());
        top.values = top.values.subspan(1);
    }
    const auto length = static_cast<Clock>(run.values.size());
    top.left = m_store.insertContent(top.branch, top.left, right, std::move(run), length);
}

void Builder::writeEntry(Branch *parent, std::string_view key, const NewValue &value)
{
    KeyChain *chain = parent->chain(m_store.internKey(key));
    Item *left = chain->last;
    const Any *any = value.any();
    if (any == nullptr) {
        fill(newNested(parent, left, nullptr, chain, value), value);
        return;
    }
    const ContentKind kind = any->isBytes() ? ContentKind::Binary : ContentKind::Any;
    Item *item = m_store.newItem(kind, 1, left, nullptr);
    item->payload.content = new Content(contentOf(*any));
    m_store.link(item, left, parent, chain);
}

/// A nested type, still empty, or a subdocument.
Item *Builder::newNested(Branch *parent, Item *left, Item *right, KeyChain *chain,
                         const NewValue &value)
{
    const NewSubdoc *subdoc = value.subdoc();
    Item *item =
        m_store.newItem(subdoc != nullptr ? ContentKind::Doc : ContentKind::Type, 1, left, right);
    if (subdoc != nullptr) {
        item->payload.subdoc = m_store.makeSubdoc({subdoc->guid, optionsOf(*subdoc)});
        item->payload.subdoc->shouldLoad = subdoc->load != SubdocLoad::OnDemand;
    } else {
        item->payload.branch = m_store.makeBranch(kindOf(value), nameOf(value));
    }
    m_store.link(item, left, parent, chain);
    return item;
}

/// Writes the text of the type just made, and begins its values and entries.
void Builder::fill(const Item *item, const NewValue &value)
{
    if (item->kind != ContentKind::Type) {
        return;
    }
    Branch *branch = item->payload.branch;
    if (const std::u16string_view text = textOf(value); !text.empty()) {
        m_store.insertText(branch, nullptr, nullptr, text);
    }
    Begun begun{branch, nullptr, {}, {}};
    if (const auto *values = value.values()) {
        begun.values = *values;
    }
    if (const auto *entries = value.entries()) {
        begun.entries = *entries;
    }
    m_begun.push_back(begun);
}

} // namespace

void Store::insertValues(Branch *parent, Item *left, const std::vector<NewValue> &values)
{
    Builder(*this).insertValues(parent, left, values);
}

void Store::setKey(Branch *parent, std::string_view key, const NewValue &value)
{
    Builder(*this).setKey(parent, key, value);
}

void Store::insertType(Branch *parent, Item *left, Item *right, const NewValue &value)
{
    Builder(*this).insertType(parent, left, right, value);
}

} // namespace cowrite::crdt
