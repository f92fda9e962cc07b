#include "tests/property/moments.h"

#include "libsync/base/rng.h"
#include "libsync/codec/snapshot_codec.h"
#include "libsync/crdt/debug_check.h"
#include "tests/support/document_json.h"

#include <map>
#include <string_view>

namespace cowrite::test {

using namespace crdt;

namespace {

/// What a text says may change afterwards: whoever cuts a surrogate pair leaves two replacement
/// characters for ever (yjs-compat 2.5). So all pairs count as cut.
std::string withoutPairs(std::string json)
{
    constexpr std::string_view kPair = "\U0001F600";
    for (std::size_t at = 0; (at = json.find(kPair, at)) != std::string::npos;) {
        json.replace(at, kPair.size(), "\uFFFD\uFFFD");
    }
    return json;
}

std::string contentOf(Doc &doc)
{
    return withoutPairs(toJson(*doc.text("text")) + toJson(*doc.array("list")) +
                        toJson(*doc.map("map")) + toJson(*doc.xmlElement("tree")));
}

/// Of a nested type only that it is there: what it holds is read as it is now.
std::string nameOf(const Value &value)
{
    return value.isType() ? "a type" : toJson(value);
}

std::string textOf(Delta delta)
{
    for (DeltaOp &op : delta) {
        for (Value &value : op.values) {
            value = Any(nameOf(value));
        }
    }
    return withoutPairs(toJson(delta));
}

std::string textOf(const std::vector<Value> &values)
{
    std::string text;
    for (const Value &value : values) {
        text += ' ' + nameOf(value);
    }
    return text;
}

/// In the order of the keys: that of the entries is another one after the document was reloaded.
std::string textOf(const std::vector<std::pair<std::string, Value>> &entries)
{
    std::string text;
    for (const auto &[key, value] : std::map(entries.begin(), entries.end())) {
        text += ' ' + key + '=' + nameOf(value);
    }
    return text;
}

/// What the roots hold now, or at a snapshot.
template <class... At>
std::string rootsOf(Doc &doc, const At &...at)
{
    const XmlElement tree = *doc.xmlElement("tree");
    return textOf(doc.text("text")->toDelta(at...)) + textOf(doc.array("list")->values(at...)) +
           textOf(doc.map("map")->entries(at...)) + textOf(tree.children(at...)) +
           textOf(tree.attributes(at...));
}

/// The same after a way through bytes.
Snapshot sent(const Snapshot &snapshot, codec::UpdateFormat format)
{
    return *codec::decodeSnapshot(codec::encodeSnapshot(snapshot, format), format);
}

} // namespace

void Moments::remember(Doc &doc)
{
    m_moments.push_back({takeSnapshot(doc), contentOf(doc), rootsOf(doc)});
}

std::string Moments::check(Doc &doc, std::uint64_t random) const
{
    if (m_moments.empty()) {
        return {};
    }
    const Moment &moment = m_moments[random % m_moments.size()];
    const Snapshot snapshot =
        sent(moment.snapshot, random % 2 == 0 ? codec::UpdateFormat::V1 : codec::UpdateFormat::V2);
    if (!(snapshot == moment.snapshot)) {
        return "a snapshot is another one after it was sent";
    }
    SeededRng rng(random);
    Doc restored(1, rng);
    if (!restoreSnapshot(doc, snapshot, restored)) {
        return "a snapshot cannot be restored";
    }
    debugCheck(restored);
    if (const std::string now = contentOf(restored); now != moment.content) {
        return "a snapshot was " + moment.content + " and is restored as " + now;
    }
    if (const std::string roots = rootsOf(doc, snapshot); roots != moment.roots) {
        return "the roots at a snapshot were " + moment.roots + " and read as " + roots;
    }
    debugCheck(doc);
    return {};
}

} // namespace cowrite::test
