// The counted B+tree against a plain list, with nodes of the smallest size and of the one that
// ships.

#include "libsync/base/rng.h"
#include "libsync/crdt/sequence_tree.h"

#include <QtTest/QTest>

#include <algorithm>
#include <deque>
#include <vector>

using namespace cowrite;
using namespace cowrite::crdt;

namespace {

template <unsigned Fanout>
class Model {
public:
    using Tree = SequenceTree<Fanout>;

    explicit Model(std::uint64_t seed) : m_rng(seed) {}

    /// One random change. Where: anywhere, at the front, at the back, or near the last place. Now
    /// and then the first question for a place comes.
    void step(std::uint64_t growth)
    {
        if (!m_items.empty() && !m_tree.isIndexed() && m_rng.below(50) == 0)
            index();
        const std::uint64_t what = m_rng.below(100);
        if (m_items.empty() || what < growth)
            insert();
        else if (what < growth + (100 - growth) / 2)
            resize();
        else
            remove();
    }

    void removeAll()
    {
        while (!m_items.empty())
            remove();
    }

    std::size_t size() const { return m_items.size(); }
    const Tree &tree() const { return m_tree; }

    /// Compares every offset and the shape of every node, if there are any; returns what is wrong.
    const char *check() const { return m_tree.isIndexed() ? checkIndexed() : checkUnindexed(); }

private:
    const char *checkUnindexed() const
    {
        std::uint32_t length = 0;
        for (const Item *item : m_items) {
            if (Tree::homeOf(item)->tree != &m_tree)
                return "the home of an item";
            length += item->visibleLength();
        }
        return m_tree.length() == length ? nullptr : "the length";
    }

    const char *checkIndexed() const
    {
        std::uint32_t offset = 0;
        for (const Item *item : m_items) {
            if (m_tree.offsetOf(item) != offset)
                return "the offset of an item";
            const std::uint32_t length = item->visibleLength();
            for (std::uint32_t unit = 0; unit < length; ++unit) {
                const auto place = m_tree.find(offset + unit);
                if (place.item != item || place.start != offset)
                    return "the item at an offset";
            }
            offset += length;
        }
        if (m_tree.length() != offset)
            return "the length";
        std::size_t seen = 0;
        const char *wrong = checkNode(m_tree.root(), m_tree.height(), seen);
        return wrong != nullptr ? wrong : seen == m_items.size() ? nullptr : "the number of items";
    }

    void index()
    {
        for (std::size_t i = 0; i < m_items.size(); ++i)
            m_items[i]->right = i + 1 < m_items.size() ? m_items[i + 1] : nullptr;
        m_tree.index(m_items.front());
    }

    std::size_t place(std::size_t bound)
    {
        switch (m_rng.below(4)) {
        case 0:
            m_last = m_rng.below(bound);
            break;
        case 1:
            m_last = 0;
            break;
        case 2:
            m_last = bound - 1;
            break;
        default:
            m_last = std::min(m_last, bound - 1);
            break;
        }
        return m_last;
    }

    void insert()
    {
        Item *item = &m_storage.emplace_back();
        item->kind = ContentKind::String;
        item->length = static_cast<Clock>(1 + m_rng.below(4));
        if (m_rng.below(3) == 0)
            item->flags = Item::Deleted;
        const std::size_t at = place(m_items.size() + 1);
        m_tree.insertAfter(at == 0 ? nullptr : m_items[at - 1], item);
        m_items.insert(m_items.begin() + static_cast<std::ptrdiff_t>(at), item);
    }

    void remove()
    {
        const std::size_t at = place(m_items.size());
        m_tree.remove(m_items[at]);
        m_items.erase(m_items.begin() + static_cast<std::ptrdiff_t>(at));
    }

    /// An item is deleted, comes to life, or grows.
    void resize()
    {
        Item *item = m_items[place(m_items.size())];
        const std::uint32_t before = item->visibleLength();
        if (m_rng.below(2) == 0)
            item->flags ^= Item::Deleted;
        else
            item->length += 1;
        m_tree.adjust(item, item->visibleLength() - before);
    }

    const char *checkNode(const typename Tree::Node *node, unsigned height, std::size_t &seen) const
    {
        if (node->count == 0 || node->count > Fanout)
            return "the size of a node";
        if (height == 0) {
            const auto *leaf = static_cast<const typename Tree::Leaf *>(node);
            for (unsigned i = 0; i < leaf->count; ++i, ++seen) {
                if (seen >= m_items.size() || leaf->items[i] != m_items[seen])
                    return "the order of the leaves";
                if (Tree::homeOf(leaf->items[i]) != leaf || leaf->tree != &m_tree)
                    return "the home of an item";
            }
            return nullptr;
        }
        const auto *inner = static_cast<const typename Tree::Inner *>(node);
        for (unsigned i = 0; i < inner->count; ++i) {
            if (inner->children[i]->parent != inner || inner->children[i]->slot != i)
                return "the way up from a node";
            if (const char *wrong = checkNode(inner->children[i], height - 1, seen))
                return wrong;
        }
        return nullptr;
    }

    SeededRng m_rng;
    std::deque<Item> m_storage;
    std::vector<Item *> m_items;
    std::size_t m_last = 0;
    Tree m_tree{nullptr};
};

template <unsigned Fanout>
void runAgainstModel(std::uint64_t seed, int steps)
{
    Model<Fanout> model(seed);
    for (int i = 0; i < steps; ++i) {
        // Grow, then shrink, then grow again.
        model.step(i / (steps / 3) == 1 ? 20 : 70);
        // Checking all is slow, and small trees are where the rare shapes are.
        if (model.size() < 60 || i % 16 == 0) {
            const char *wrong = model.check();
            QVERIFY2(wrong == nullptr, qPrintable(QStringLiteral("seed %1, step %2: %3")
                                                      .arg(seed)
                                                      .arg(i)
                                                      .arg(QLatin1String(wrong))));
        }
    }
    model.removeAll();
    QVERIFY(!model.tree().isIndexed());
    QCOMPARE(model.tree().length(), 0U);
    QCOMPARE(model.tree().height(), 0U);
}

} // namespace

class SequenceTreeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void smallNodesAgreeWithAList()
    {
        const std::uint64_t first = SystemRng().next() % 1'000'000;
        qInfo("seeds from %llu on", static_cast<unsigned long long>(first));
        for (std::uint64_t seed = first; seed < first + 30; ++seed)
            runAgainstModel<4>(seed, 900);
    }

    void shippedNodesAgreeWithAList()
    {
        const std::uint64_t first = SystemRng().next() % 1'000'000;
        qInfo("seeds from %llu on", static_cast<unsigned long long>(first));
        for (std::uint64_t seed = first; seed < first + 5; ++seed)
            runAgainstModel<32>(seed, 3000);
    }

    void appendingLeavesFullLeavesBehind()
    {
        SequenceTree<4> tree(nullptr);
        std::deque<Item> items;
        Item *last = nullptr;
        for (int i = 0; i < 256; ++i) {
            Item *item = &items.emplace_back();
            item->kind = ContentKind::String;
            item->length = 1;
            tree.insertAfter(last, item);
            if (last == nullptr)
                tree.index(item);
            last = item;
        }
        QCOMPARE(tree.length(), 256U);
        // Leaves of three or four items and inner nodes alike: log of 256 to the base 3, rounded
        // up.
        QVERIFY2(tree.height() <= 5, qPrintable(QString::number(tree.height())));
        QCOMPARE(tree.offsetOf(last), 255U);
    }
};

QTEST_APPLESS_MAIN(SequenceTreeTest)
#include "sequence_tree_test.moc"
