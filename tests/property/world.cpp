#include "tests/property/world.h"

#include "libsync/base/check.h"
#include "libsync/codec/update_tools.h"
#include "libsync/crdt/debug_check.h"
#include "libsync/crdt/relative_position.h"
#include "tests/property/replica.h"
#include "tests/property/written.h"
#include "tests/support/replica_equality.h"

#include <array>

namespace cowrite::test {

using namespace crdt;
using codec::UpdateFormat;

namespace {

/// A position taken in one replica is the same place in another that is equal.
std::string comparePositions(Doc &from, Doc &to)
{
    const Text source = *from.text("text");
    const Text target = *to.text("text");
    for (std::uint32_t index = 0; index <= source.length(); ++index) {
        for (const int assoc : {0, -1}) {
            const auto there =
                resolve(to, makeRelativePosition(source, index, assoc), FollowRedone::No);
            if (!there || !(there->type == target) || there->index != index)
                return "position " + std::to_string(index) + " with assoc " +
                       std::to_string(assoc) + " is elsewhere";
        }
    }
    return {};
}

class World {
public:
    explicit World(const Plan &plan) : m_inboxes(plan.replicas)
    {
        for (std::size_t i = 0; i < plan.replicas; ++i) {
            // Ids that sort otherwise than the replicas do, one of them beyond 32 bits.
            const ClientId client = i == 1 ? ClientId{1} << 40 : 100 - 7 * i;
            ReplicaOptions options;
            options.client = client;
            options.gc = (plan.seed + i) % 2 == 0 ? GarbageCollection::On : GarbageCollection::Off;
            options.watch = (plan.seed / 2 + i) % 3 != 0 ? Watch::Watched : Watch::Alone;
            options.format = (plan.seed / 3 + i) % 2 == 0 ? UpdateFormat::V1 : UpdateFormat::V2;
            options.undo.ignoreRemoteMapChanges = (plan.seed / 5 + i) % 2 == 0;
            if ((plan.seed / 7 + i) % 3 == 0) {
                options.undo.deleteFilter = [](const UndoDeletion &deletion) {
                    return deletion.id.clock % 3 != 0;
                };
            }
            if ((plan.seed / 11 + i) % 3 == 0) {
                options.undo.captureTransaction = [](const Transaction &done) {
                    return done.changedTypes().size() % 3 != 2;
                };
            }
            m_replicas.push_back(std::make_unique<RandomReplica>(options));
        }
    }

    std::string take(const Step &step)
    {
        RandomReplica &replica = *m_replicas[step.replica];
        switch (step.kind) {
        case StepKind::Deliver:
        case StepKind::DeliverAndKeep:
        case StepKind::DeliverDiff:
        case StepKind::Merge:
        case StepKind::Convert:
        case StepKind::Lose:
            if (!m_inboxes[step.replica].empty())
                handle(step, m_inboxes[step.replica]);
            break;
        case StepKind::Resync:
            sync(step.a % m_replicas.size(), step.replica);
            break;
        case StepKind::Reload:
            replica.reload();
            break;
        case StepKind::LookBack:
            if (std::string failure = replica.checkMoments(step.a); !failure.empty())
                return failure;
            break;
        default:
            replica.edit(step);
            break;
        }
        for (const Parcel &update : replica.takeSent())
            send(step.replica, update);
        return replica.check(step.c);
    }

    /// Everybody gets everything; all must then be alike, and like a replica that starts from any
    /// one's state.
    std::string converge()
    {
        for (int round = 0; round < 2; ++round) {
            for (std::size_t from = 0; from < m_replicas.size(); ++from) {
                for (std::size_t to = 0; to < m_replicas.size(); ++to)
                    sync(from, to);
            }
        }
        Doc &first = m_replicas.front()->doc();
        for (std::size_t i = 0; i < m_replicas.size(); ++i) {
            RandomReplica &replica = *m_replicas[i];
            const std::string name = "replica " + std::to_string(i);
            const Parcel before = replica.state();
            // What is still under way is old news: at most structs are cut otherwise.
            for (const Parcel &update : m_inboxes[i])
                replica.receive(update);
            if (std::string failure = replica.check(0); !failure.empty())
                return name + ": " + failure;
            if (std::string failure = replica.checkMoments(i); !failure.empty())
                return name + ": " + failure;
            if (replica.doc().hasPending())
                return name + " still waits for something";
            if (std::string found = firstDifference(first, replica.doc()); !found.empty())
                return "replica 0 and " + name + ": " + found;
            if (std::string found = comparePositions(first, replica.doc()); !found.empty())
                return "replica 0 and " + name + ": " + found;

            SeededRng rng(1);
            Doc fresh(1, rng, {i % 2 == 0 ? GarbageCollection::On : GarbageCollection::Off});
            if (std::string failure = checkWritten(before.bytes, before.format); !failure.empty())
                return name + ": " + failure;
            COWRITE_CHECK(codec::applyUpdate(fresh, before.bytes, {}, before.format).has_value());
            debugCheck(fresh);
            if (std::string found = firstDifference(replica.doc(), fresh); !found.empty())
                return name + " and its copy: " + found;
        }
        return {};
    }

private:
    /// Something happens to one of the updates under way to a replica.
    void handle(const Step &step, std::vector<Parcel> &inbox)
    {
        RandomReplica &replica = *m_replicas[step.replica];
        const auto at = inbox.begin() + static_cast<std::ptrdiff_t>(step.a % inbox.size());
        switch (step.kind) {
        case StepKind::Deliver:
        case StepKind::DeliverAndKeep:
            replica.receive(*at);
            break;
        case StepKind::DeliverDiff:
            at->bytes = *codec::diffUpdate(at->bytes, replica.doc().stateVector(), at->format);
            replica.receive(*at);
            break;
        case StepKind::Merge:
            merge(*at, inbox[step.b % inbox.size()]);
            break;
        case StepKind::Convert:
            convert(*at, at->format == UpdateFormat::V1 ? UpdateFormat::V2 : UpdateFormat::V1);
            break;
        default:
            break;
        }
        if (step.kind == StepKind::Deliver || step.kind == StepKind::DeliverDiff ||
            step.kind == StepKind::Lose)
            inbox.erase(at);
    }

    static void convert(Parcel &update, UpdateFormat format)
    {
        if (update.format != format)
            update = {*codec::convertUpdate(update.bytes, update.format, format), format};
    }

    static void merge(Parcel &into, const Parcel &other)
    {
        convert(into, other.format);
        const std::array<ByteView, 2> both{into.bytes, other.bytes};
        into.bytes = *codec::mergeUpdates(both, other.format);
    }

    void send(std::size_t from, const Parcel &update)
    {
        for (std::size_t to = 0; to < m_inboxes.size(); ++to) {
            if (to != from)
                m_inboxes[to].push_back(update);
        }
    }

    void sync(std::size_t from, std::size_t to)
    {
        RandomReplica &target = *m_replicas[to];
        target.receive(m_replicas[from]->state(target.doc().stateVector()));
    }

    std::vector<std::unique_ptr<RandomReplica>> m_replicas;
    /// What is under way to each replica.
    std::vector<std::vector<Parcel>> m_inboxes;
};

} // namespace

std::string run(const Plan &plan)
{
    World world(plan);
    for (std::size_t i = 0; i < plan.steps.size(); ++i) {
        if (std::string failure = world.take(plan.steps[i]); !failure.empty())
            return "step " + std::to_string(i) + ", replica " +
                   std::to_string(plan.steps[i].replica) + ": " + failure;
    }
    return world.converge();
}

} // namespace cowrite::test
