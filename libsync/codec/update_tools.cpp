#include "libsync/codec/update_tools.h"

#include "libsync/codec/struct_writer.h"
#include "libsync/codec/update_reader.h"
#include "libsync/codec/update_sink.h"
#include "libsync/crdt/struct_merge.h"
#include "libsync/crdt/surrogates.h"

#include <algorithm>

namespace cowrite::codec {

namespace {

using namespace crdt;

/// The structs of a section from `first` on, the first of them without what is before `from`.
struct Part {
    ClientId client = 0;
    std::span<const WireStruct> structs;
    Clock from = 0;
};

Part wholeSection(const Update &update, const WireSection &section)
{
    const auto structs = std::span(update.structs).subspan(section.first, section.count);
    return {update.clients[section.client], structs, structs.front().clock};
}

/// Empty if nothing is left; never begins with a Skip.
Part partBeyond(Part part, const StateVector &target)
{
    const Clock known = target.get(part.client);
    while (!part.structs.empty() && (part.structs.front().kind == ContentKind::Skip ||
                                     part.structs.front().end() <= known)) {
        part.structs = part.structs.subspan(1);
    }
    if (!part.structs.empty()) {
        part.from = std::max(part.structs.front().clock, known);
    }
    return part;
}

Bytes encodeParts(const Update &update, const std::vector<Part> &parts, UpdateFormat format)
{
    return written(format, [&](auto &sink) {
        sink.writeSectionCount(parts.size());
        for (const Part &part : parts) {
            sink.writeSectionHead(part.structs.size(), part.client, part.from);
            Clock from = part.from;
            for (const WireStruct &wire : part.structs) {
                writeStruct(sink, DecodedStruct(update, part.client, wire), from - wire.clock,
                            wire.length);
                from = wire.end();
            }
        }
        sink.writeDeletions(update.deletions);
    });
}

/// Sorted, as the updates of Yjs are anyway.
std::vector<MergeInput> mergeInputs(Update &update, std::vector<std::uint32_t> &indices)
{
    std::sort(update.sections.begin(), update.sections.end(),
              [&](const WireSection &a, const WireSection &b) {
                  return update.clients[a.client] > update.clients[b.client];
              });
    std::vector<MergeInput> result;
    for (const WireSection &section : update.sections) {
        for (std::uint32_t i = section.first; i < section.first + section.count; ++i) {
            const WireStruct &wire = update.structs[i];
            if (wire.kind != ContentKind::Skip) {
                result.push_back({update.clients[section.client], wire.clock, wire.length,
                                  wire.kind == ContentKind::Gc});
                indices.push_back(i);
            }
        }
    }
    return result;
}

/// Decoded updates, and what they are together.
class MergedUpdate {
public:
    explicit MergedUpdate(std::vector<Update> updates) : m_updates(std::move(updates))
    {
        m_indices.resize(m_updates.size());
        std::vector<std::vector<MergeInput>> lists;
        for (std::size_t i = 0; i < m_updates.size(); ++i) {
            lists.push_back(mergeInputs(m_updates[i], m_indices[i]));
            m_deletions.add(m_updates[i].deletions);
        }
        m_deletions.normalize();
        m_structs = mergeStructs(lists).structs;
        for (const MergeOutput &output : m_structs) {
            mendCut(output);
        }
    }

    template <class Sink>
    void write(Sink &sink) const
    {
        const std::vector<std::span<const MergeOutput>> sections = sectionsOf(m_structs);
        sink.writeSectionCount(sections.size());
        for (const auto section : sections) {
            writeSection(sink, section);
        }
        sink.writeDeletions(m_deletions);
    }

private:
    static std::vector<std::span<const MergeOutput>>
    sectionsOf(std::span<const MergeOutput> structs)
    {
        std::vector<std::span<const MergeOutput>> sections;
        while (!structs.empty()) {
            const ClientId client = structs.front().merged.client;
            const auto end =
                std::find_if(structs.begin(), structs.end(), [&](const MergeOutput &output) {
                    return output.merged.client != client;
                });
            sections.push_back(structs.first(static_cast<std::size_t>(end - structs.begin())));
            structs = structs.subspan(sections.back().size());
        }
        return sections;
    }

    template <class Sink>
    void writeSection(Sink &sink, std::span<const MergeOutput> section) const
    {
        const MergeInput &first = section.front().merged;
        std::size_t gaps = 0;
        Clock end = first.clock;
        for (const MergeOutput &output : section) {
            gaps += output.merged.clock > end ? 1 : 0;
            end = output.merged.end();
        }
        sink.writeSectionHead(section.size() + gaps, first.client, first.clock);
        end = first.clock;
        for (const MergeOutput &output : section) {
            if (output.merged.clock > end) {
                writeSkip(sink, output.merged.clock - end);
            }
            end = output.merged.end();
            if (output.merged.isGc) {
                writeGc(sink, output.merged.length);
            } else {
                const WireStruct &wire = wireOf(output);
                writeStruct(sink, DecodedStruct(m_updates[output.list], output.merged.client, wire),
                            output.cut, wire.length);
            }
        }
    }

    const WireStruct &wireOf(const MergeOutput &output) const
    {
        return m_updates[output.list].structs[m_indices[output.list][output.index]];
    }

    /// A string that is cut follows the rule for surrogate pairs (yjs-compat 2.5).
    void mendCut(const MergeOutput &output)
    {
        const WireStruct &wire = wireOf(output);
        if (output.cut > 0 && wire.kind == ContentKind::String) {
            std::u16string &text = m_updates[output.list].text;
            const std::size_t at = std::size_t{wire.content} + output.cut;
            mendCutPair(text[at - 1], text[at]);
        }
    }

    std::vector<Update> m_updates;
    std::vector<std::vector<std::uint32_t>> m_indices; ///< Of the structs that are no Skips.
    std::vector<MergeOutput> m_structs;
    DeleteSet m_deletions;
};

} // namespace

Result<Bytes> mergeUpdates(std::span<const ByteView> updates, UpdateFormat format)
{
    std::vector<Update> decoded(updates.size());
    for (std::size_t i = 0; i < updates.size(); ++i) {
        if (const Result<void> result = decodeUpdate(updates[i], decoded[i], format); !result) {
            return tl::unexpected(result.error());
        }
    }
    if (updates.size() == 1) {
        return Bytes(updates[0].begin(), updates[0].end());
    }
    const MergedUpdate merged(std::move(decoded));
    return written(format, [&](auto &sink) { merged.write(sink); });
}

Result<Bytes> diffUpdate(ByteView update, const StateVector &target, UpdateFormat format)
{
    Update decoded;
    return decodeUpdate(update, decoded, format).map([&] {
        std::vector<Part> parts;
        for (const WireSection &section : decoded.sections) {
            const Part part = partBeyond(wholeSection(decoded, section), target);
            if (!part.structs.empty()) {
                parts.push_back(part);
            }
        }
        return encodeParts(decoded, parts, format);
    });
}

Result<Bytes> convertUpdate(ByteView update, UpdateFormat from, UpdateFormat to)
{
    Update decoded;
    return decodeUpdate(update, decoded, from).map([&] {
        std::vector<Part> parts;
        for (const WireSection &section : decoded.sections) {
            parts.push_back(wholeSection(decoded, section));
        }
        return encodeParts(decoded, parts, to);
    });
}

Result<StateVector> stateVectorOfUpdate(ByteView update, UpdateFormat format)
{
    Update decoded;
    return decodeUpdate(update, decoded, format).map([&] {
        StateVector result;
        for (const WireSection &section : decoded.sections) {
            Clock known = 0;
            for (const WireStruct &wire : wholeSection(decoded, section).structs) {
                if (wire.kind == ContentKind::Skip || wire.clock != known) {
                    break;
                }
                known = wire.end();
            }
            result.set(decoded.clients[section.client], known);
        }
        return result;
    });
}

Result<UpdateMeta> readUpdateMeta(ByteView update, UpdateFormat format)
{
    Update decoded;
    return decodeUpdate(update, decoded, format).map([&] {
        UpdateMeta meta;
        for (const WireSection &section : decoded.sections) {
            const Part part = wholeSection(decoded, section);
            meta.clients.push_back({part.client, part.from, part.structs.back().end()});
        }
        return meta;
    });
}

} // namespace cowrite::codec
