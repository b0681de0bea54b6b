// SPDX-License-Identifier: Apache-2.0
#include "cues.h"
#include "recognisers.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace llmd::intent {

namespace {

constexpr double mostGpus = 1e6;

template <class T> void addOnce(std::vector<T>& list, const T& value)
{
    if (std::find(list.begin(), list.end(), value) == list.end())
        list.push_back(value);
}

/** So many GPUs of a kind, as one phrase states them. */
struct Group
{
    double count = 0;
    double perNode = 0;
    std::size_t gpu = none; ///< item that names the kind
    bool limit = false; ///< "at most"
    bool least = false; ///< "at least": says nothing about what there is
    std::size_t first = 0;
    std::size_t last = 0;
    bool racks = false; ///< `count` is of racks, not of nodes
};

/** Finds the groups of one sentence. */
class GroupReader
{
public:
    GroupReader(const Scene& scene, std::pair<std::size_t, std::size_t> sentence)
        : m_scene(scene)
        , m_first(sentence.first)
        , m_last(sentence.second)
    { }

    std::vector<Group> run()
    {
        for (std::size_t i = m_first; i < m_last; ++i) {
            const Item& item = m_scene.items[i];
            if (isCount(i, Unit::Nodes) || isCountOfNamedNodes(i))
                takeNodes(i);
            else if (isCount(i, Unit::Replicas))
                takeReplicas(i);
            else if (item.kind == Item::Kind::Number && item.quantity.unit == Unit::Gpus
                     && !item.quantity.identifier)
                takeGpus(i);
            else if (item.kind == Item::Kind::Gpu)
                takeTrailingCount(i);
            else if (item.means(Concept::Nodes) || item.means(Concept::HostingNode))
                takeNodeWord(i);
            else if (item.kind == Item::Kind::Number
                     && cueBeside(m_scene, i, Concept::GpuLimit) != none)
                takeLimit(i);
        }
        // "8 H100 per node" without the number of nodes says nothing about the whole.
        if (m_groupIsPerNode && !m_groups.empty())
            m_groups.pop_back();
        return std::move(m_groups);
    }

private:
    [[nodiscard]] bool means(std::size_t i, Concept what) const
    {
        return i >= m_first && i < m_last && m_scene.items[i].means(what);
    }
    [[nodiscard]] bool isCount(std::size_t i, Unit unit) const
    {
        const Item& item = m_scene.items[i];
        return item.kind == Item::Kind::Number && item.quantity.unit == unit
            && !item.quantity.identifier && !item.quantity.vague;
    }
    [[nodiscard]] bool isNode(std::size_t i) const
    {
        if (i < m_first || i >= m_last || m_scene.items[i].kind != Item::Kind::Phrase)
            return false;
        const auto& concepts = m_scene.items[i].meaning->concepts;
        return std::find(concepts.begin(), concepts.end(), Concept::Nodes) != concepts.end();
    }

    /** "two L40S servers": nodes, of a kind of GPU. */
    [[nodiscard]] bool isCountOfNamedNodes(std::size_t i) const
    {
        return isCount(i, Unit::Gpus) && i + 2 < m_last
            && m_scene.items[i + 1].kind == Item::Kind::Gpu && !m_scene.items[i].quantity.backward
            && isNode(i + 2) && !(i > m_first && m_scene.items[i - 1].kind == Item::Kind::Number);
    }

    /** "5 replicas with 2 GPUs each": the most that they can use. */
    void takeReplicas(std::size_t i)
    {
        m_nodes = m_scene.items[i].quantity.high;
        m_nodesAt = i;
        m_areReplicas = true;
    }

    /** "two nodes of 8 H100": the count of GPUs comes next. */
    void takeNodes(std::size_t i)
    {
        const double nodes = m_scene.items[i].quantity.high;
        // "8 H100 per node, 4 nodes", "servers with 4 cards each, 6 of them"
        const bool ofThem = m_scene.items[i].quantity.backward && !m_groups.empty();
        if (!m_groups.empty() && (m_groupIsPerNode || ofThem)) {
            Group& group = m_groups.back();
            group.perNode = group.count;
            group.count *= nodes;
            group.last = i;
            m_groupIsPerNode = false;
            return;
        }
        m_nodes = nodes;
        m_nodesAt = i;
        takeWholeNodes(i, nodes);
    }

    [[nodiscard]] bool isRack(std::size_t i) const
    {
        return i < m_last && m_scene.tokens[m_scene.items[i].first].text.starts_with("rack");
    }

    /** "2 DGX H100 systems": as many GPUs as such a node has. */
    void takeWholeNodes(std::size_t i, double nodes)
    {
        for (std::size_t at = i + 1; at < std::min(i + 4, m_last); ++at) {
            const Item& item = m_scene.items[at];
            if (item.kind == Item::Kind::Number || item.isBreak())
                return;
            if (item.kind != Item::Kind::Gpu)
                continue;
            for (std::size_t next = at + 1; next < std::min(at + 6, m_last); ++next) {
                const Item& other = m_scene.items[next];
                if (other.kind == Item::Kind::Number && other.quantity.unit == Unit::Gpus)
                    return;
            }
            m_groups.push_back({ nodes, -1, at, false, false, i, at, isRack(i + 1) });
            m_nodes = 0;
            return;
        }
    }

    /** "a DGX with 8 A100": one node. */
    void takeNodeWord(std::size_t i)
    {
        const bool per =
            i > m_first && means(i - 1, Concept::Per) && !means(i - 1, Concept::Determiner);
        if (m_nodes == 0 && !per) {
            m_nodes = 1;
            m_nodesAt = i;
        }
    }

    void takeGpus(std::size_t i)
    {
        const Quantity& quantity = m_scene.items[i].quantity;
        if (quantity.vague || quantity.high < 1 || quantity.high > mostGpus
            || quantity.high != std::floor(quantity.high))
            return;
        // "servers with 4 cards each, 6 of them"
        if (quantity.backward && quantity.bound == Bound::Exactly && !m_groups.empty()
            && m_groups.back().perNode > 0) {
            m_groups.back().count = m_groups.back().perNode * quantity.high;
            m_groups.back().last = i;
            return;
        }
        Group group { quantity.high,
                      0,
                      kindOf(i),
                      quantity.bound == Bound::AtMost,
                      quantity.bound == Bound::AtLeast,
                      i,
                      i };
        if (group.gpu != none)
            group.last = std::max(group.last, group.gpu);
        multiply(i, group);
        const bool perNode = isPerNode(group.last) || (i > m_first && means(i - 1, Concept::Each));
        if (m_nodes > 0 && i - m_nodesAt < 7) {
            if (group.gpu == none)
                group.gpu = onlyKind();
            group.perNode = group.count;
            group.count *= m_nodes;
            group.first = std::min(group.first, m_nodesAt);
            m_nodes = 0;
            group.limit = group.limit || m_areReplicas;
            m_areReplicas = false;
        } else if (const double nodes = nodesBehind(i, group); nodes > 0) {
            group.perNode = group.count;
            group.count *= nodes;
        } else {
            m_groupIsPerNode = perNode;
        }
        m_groups.push_back(group);
    }

    /** The item that names the kind of GPU that is counted. */
    [[nodiscard]] std::size_t kindOf(std::size_t i) const
    {
        for (std::size_t at = i + 1; at < std::min(i + 7, m_last); ++at) {
            const Item& item = m_scene.items[at];
            if (item.kind == Item::Kind::Gpu)
                return at;
            if (item.kind == Item::Kind::Number && item.quantity.unit != Unit::Memory)
                break;
            const bool all = item.kind == Item::Kind::Comma && at + 1 < m_last
                && m_scene.tokens[m_scene.items[at + 1].first].is("all");
            if ((item.isBreak() && !all) || item.means(Concept::And) || item.means(Concept::Or)
                || item.means(Concept::Not) || item.means(Concept::AtMost))
                break;
        }
        if (m_scene.items[i].quantity.backward) { // "A100 40GB, sixteen of them"
            for (std::size_t at = i; at-- > m_first;) {
                if (m_scene.items[at].kind == Item::Kind::Gpu)
                    return at;
            }
        }
        // "one HGX H200 8-GPU box"
        return i > m_first && m_scene.items[i - 1].kind == Item::Kind::Gpu ? i - 1 : none;
    }

    /** "our H100 cluster has 4 nodes, 8 GPUs each": the one kind that the sentence names. */
    [[nodiscard]] std::size_t onlyKind() const
    {
        std::size_t kind = none;
        for (std::size_t at = m_first; at < m_last; ++at) {
            if (m_scene.items[at].kind != Item::Kind::Gpu)
                continue;
            if (kind != none)
                return none;
            kind = at;
        }
        return kind;
    }

    /** "2 x 8 H100", "4 x 8 x H100". */
    void multiply(std::size_t i, Group& group) const
    {
        // "3 x (8x H100)"
        const bool open = i > m_first + 2 && m_scene.items[i - 1].kind == Item::Kind::Comma
            && m_scene.tokens[m_scene.items[i - 1].first].is("(");
        i -= open ? 1 : 0;
        if (i < m_first + 2 || !means(i - 1, Concept::Times))
            return;
        const Item& factor = m_scene.items[i - 2];
        if (factor.kind != Item::Kind::Number || factor.quantity.unit != Unit::None
            || factor.quantity.identifier)
            return;
        group.perNode = group.count;
        group.count *= factor.quantity.high;
        group.first = i - 2;
    }

    [[nodiscard]] bool isPerNode(std::size_t after) const
    {
        for (std::size_t at = after + 1; at < std::min(after + 4, m_last); ++at) {
            if (m_scene.items[at].isBreak())
                return false;
            if (means(at, Concept::Each) || (means(at, Concept::Per) && isNode(at + 1)))
                return true;
        }
        return false;
    }

    /** "8xH200 node", "one 8-GPU H100 box": how many of them; 0 = no node follows. */
    [[nodiscard]] double nodesBehind(std::size_t i, const Group& group) const
    {
        const std::size_t after = std::max(group.last, i) + 1;
        bool node = false;
        for (std::size_t at = i + 1; at < std::min(after + 2, m_last); ++at) {
            if (means(at, Concept::Per) || means(at, Concept::Each) || m_scene.items[at].isBreak())
                return 0;
            node = node || isNode(at);
        }
        if (!node)
            return 0;
        if (i > m_first) {
            const Item& before = m_scene.items[i - 1];
            if (before.kind == Item::Kind::Number && before.quantity.unit == Unit::None)
                return before.quantity.high;
        }
        return 1;
    }

    /** "H100 x 8", "A100 80GB: 16". */
    void takeTrailingCount(std::size_t gpu)
    {
        std::size_t at = gpu + 1;
        if (at < m_last && m_scene.items[at].used)
            ++at;
        const bool times = means(at, Concept::Times);
        const bool colon = at < m_last && m_scene.tokens[m_scene.items[at].first].is(":");
        if ((!times && !colon) || at + 1 >= m_last)
            return;
        const Item& number = m_scene.items[at + 1];
        const bool bare = number.kind == Item::Kind::Number && !number.quantity.identifier
            && (number.quantity.unit == Unit::None || number.quantity.unit == Unit::Gpus);
        if (!bare || number.quantity.high < 1 || number.quantity.high > mostGpus)
            return;
        m_groups.push_back({ number.quantity.high, 0, gpu, false, false, gpu, at + 1 });
    }

    void takeLimit(std::size_t i)
    {
        const Quantity& quantity = m_scene.items[i].quantity;
        if (quantity.unit == Unit::None && !quantity.identifier && quantity.high >= 1
            && quantity.high <= mostGpus)
            m_groups.push_back({ quantity.high, 0, none, true, false, i, i });
    }

    const Scene& m_scene;
    std::size_t m_first;
    std::size_t m_last;
    std::vector<Group> m_groups;
    double m_nodes = 0; ///< of which the GPUs have not been counted yet
    std::size_t m_nodesAt = 0;
    bool m_groupIsPerNode = false;
    bool m_areReplicas = false; ///< the nodes are replicas of the model
};

class HardwareReader
{
public:
    HardwareReader(const Reading& reading, Draft& draft)
        : m_reading(reading)
        , m_scene(reading.scene)
        , m_draft(draft)
    { }

    void run()
    {
        for (std::size_t i = 0; i < m_scene.items.size(); ++i) {
            if (m_scene.items[i].kind == Item::Kind::Gpu)
                takeName(i);
        }
        std::vector<Group> groups;
        for (const auto& sentence : m_scene.sentences) {
            const auto found = GroupReader(m_scene, sentence).run();
            groups.insert(groups.end(), found.begin(), found.end());
        }
        storeNames();
        storeGroups(groups);
        if (m_unknownAt != none && m_included.empty())
            m_draft.ask(field::gpusIncluded,
                        "The catalog has no such GPU. Which other one may it be?", {}, m_unknownAt);
    }

private:
    [[nodiscard]] std::vector<std::string> ids(const std::vector<std::uint16_t>& indices) const
    {
        std::vector<std::string> result;
        for (const std::uint16_t index : indices)
            result.push_back(m_reading.knowledge.entities.catalog().gpus[index].id);
        return result;
    }

    /** What an item names, with a memory size beside it taken into account. */
    [[nodiscard]] GpuMention mention(std::size_t i) const
    {
        const GpuMention& gpu = m_scene.items[i].gpu;
        for (const std::size_t at : { i - 2, i - 1, i + 1, i + 2 }) {
            if (at >= m_scene.items.size())
                continue;
            const Item& item = m_scene.items[at];
            if (item.kind == Item::Kind::Number && item.quantity.unit == Unit::Memory)
                return m_reading.knowledge.entities.withMemory(gpu, item.quantity.high);
        }
        return gpu;
    }

    /** "an H100 costs $2 per GPU hour" names a price, not a wish. */
    [[nodiscard]] bool isPriced(std::size_t i) const
    {
        constexpr std::size_t reach = 8;
        for (std::size_t at = i + 1; at < std::min(i + reach, m_scene.items.size()); ++at) {
            const Item& item = m_scene.items[at];
            if (item.kind == Item::Kind::Stop)
                return false;
            if (item.kind == Item::Kind::Number && item.quantity.unit == Unit::Money)
                return item.quantity.perGpu;
        }
        return false;
    }

    /** "NVIDIA H100": the vendor only describes. */
    [[nodiscard]] bool describesNext(std::size_t i, const GpuMention& gpu) const
    {
        if (!gpu.group || i + 1 >= m_scene.items.size()
            || m_scene.items[i + 1].kind != Item::Kind::Gpu)
            return false;
        const GpuMention& next = m_scene.items[i + 1].gpu;
        return !next.group || next.family.size() < gpu.family.size();
    }

    void takeName(std::size_t i)
    {
        if (isPriced(i) || wasUsedToTrain(i))
            return;
        const GpuMention gpu = mention(i);
        switch (m_reading.polarity[i]) {
        case Polarity::Refused:
            if (gpu.unknown() || describesNext(i, gpu)) // not offered anyway; "Intel Gaudi"
                break;
            for (const std::string& id : ids(gpu.family))
                addOnce(m_excluded, id);
            m_excludedAt.push_back(i);
            break;
        case Polarity::Wanted: {
            if (describesNext(i, gpu))
                break;
            if (gpu.unknown()) {
                m_unknownAt = i;
                break;
            }
            for (const std::string& id : ids(gpu.meant))
                addOnce(m_included, id);
            m_includedAt.push_back(i);
            break;
        }
        case Polarity::Mentioned:
            break;
        }
    }

    [[nodiscard]] bool adds() const
    {
        for (const Item& item : m_scene.items) {
            if (item.means(Concept::Also))
                return true;
        }
        return !m_scene.items.empty() && m_scene.items.front().means(Concept::Or);
    }

    void storeNames()
    {
        auto& included = m_draft.intent.gpusIncluded;
        auto& excluded = m_draft.intent.gpusExcluded;
        // Within one message what is wanted wins over a family that is ruled out around it.
        std::erase_if(m_excluded, [&](const std::string& id) {
            return std::find(m_included.begin(), m_included.end(), id) != m_included.end();
        });
        if (!m_included.empty()) {
            if (!adds()) {
                included.clear();
                m_draft.forget(field::gpusIncluded);
            }
            for (const std::string& id : m_included) {
                addOnce(included, id);
                const auto chip = id.substr(0, id.find('_'));
                // "A100 is fine after all" lifts the ban on the whole family.
                std::erase_if(excluded, [&](const std::string& other) {
                    return other.substr(0, other.find('_')) == chip;
                });
            }
            for (const std::size_t at : m_includedAt)
                m_draft.noteMore(field::gpusIncluded, at, at);
            if (excluded.empty())
                m_draft.forget(field::gpusExcluded);
        }
        for (const std::string& id : m_excluded) {
            addOnce(excluded, id);
            std::erase(included, id);
            std::erase_if(m_draft.intent.inventory,
                          [&](const InventoryItem& item) { return item.gpu == id; });
        }
        for (const std::size_t at : m_excludedAt)
            m_draft.noteMore(field::gpusExcluded, at, at);
        if (included.empty())
            m_draft.forget(field::gpusIncluded);
        if (m_draft.intent.inventory.empty())
            m_draft.forget(field::inventory);
    }

    /** "the fine-tune took 64 A100s" */
    [[nodiscard]] bool wasUsedToTrain(std::size_t item) const
    {
        static constexpr std::array<std::string_view, 6> words { "took",     "used", "needed",
                                                                 "required", "ran",  "occupied" };
        constexpr std::size_t reach = 6;
        for (std::size_t back = 1; back <= std::min(item, reach); ++back) {
            const Item& before = m_scene.items[item - back];
            if (before.kind == Item::Kind::Stop)
                return false;
            if (std::find(words.begin(), words.end(), m_scene.tokens[before.first].text)
                != words.end())
                return isOfTraining(item);
        }
        return false;
    }

    /** "trained with 64 GPUs" needs them no more. */
    [[nodiscard]] bool isOfTraining(std::size_t item) const
    {
        constexpr std::size_t reach = 12;
        for (std::size_t back = 1; back <= std::min(item, reach); ++back) {
            const Item& before = m_scene.items[item - back];
            if (before.kind == Item::Kind::Stop)
                return false;
            if (before.means(Concept::Training))
                return true;
        }
        return false;
    }

    void storeGroups(const std::vector<Group>& groups)
    {
        std::vector<InventoryItem> inventory;
        std::vector<const Group*> sources;
        std::optional<double> limit;
        for (const Group& group : groups) {
            const bool named =
                group.gpu != none && m_reading.polarity[group.gpu] == Polarity::Wanted;
            if (group.least || (group.gpu != none && (!named || wasUsedToTrain(group.gpu))))
                continue;
            if (named && !group.limit) {
                takeInventory(group, inventory);
                sources.push_back(&group);
            } else if (group.perNode >= 0) {
                if (isOfTraining(group.first))
                    continue;
                if (group.limit)
                    limit = group.count;
                m_draft.intent.maxGpus = static_cast<int>(std::min(group.count, mostGpus));
                m_draft.note(field::maxGpus, group.first, group.last);
            }
        }
        if (inventory.empty())
            return;
        if (!adds()) {
            m_draft.intent.inventory.clear();
            m_draft.forget(field::inventory);
        }
        double total = 0;
        const bool limited = limit && m_draft.statedHere(field::maxGpus);
        if (!limited)
            m_draft.forget(field::maxGpus);
        for (const InventoryItem& item : inventory)
            m_draft.intent.inventory.push_back(item);
        for (const InventoryItem& item : m_draft.intent.inventory)
            total += item.count;
        // "three nodes of 8, of which at most 12 GPUs": what may be used counts.
        const bool lower = limited && *limit < total;
        if (!lower)
            m_draft.intent.maxGpus = static_cast<int>(std::min(total, mostGpus));
        for (const Group* group : sources) {
            m_draft.noteMore(field::inventory, group->first, group->last);
            if (!lower)
                m_draft.noteMore(field::maxGpus, group->first, group->last);
        }
    }

    void takeInventory(const Group& group, std::vector<InventoryItem>& inventory) const
    {
        const auto named = mention(group.gpu).meant;
        if (named.size() != 1) {
            return; // "8 NVIDIA GPUs": a count of we do not know what
        }
        const Gpu& gpu = m_reading.knowledge.entities.catalog().gpus[named.front()];
        double count = group.count;
        double perNode = group.perNode;
        if (perNode < 0) { // whole nodes
            perNode = gpu.gpusPerNode;
            if (group.racks && gpu.scaleUpDomain <= gpu.gpusPerNode)
                return; // how many nodes stand in such a rack is anybody's choice
            count *= group.racks ? gpu.scaleUpDomain : perNode;
        }
        count = std::min(count, mostGpus);
        for (InventoryItem& known : inventory) {
            if (known.gpu != gpu.id)
                continue;
            if (correctsBefore(m_scene, group.first))
                known.count = static_cast<int>(count);
            else
                known.count += static_cast<int>(count);
            return;
        }
        inventory.push_back({ gpu.id, static_cast<int>(count), static_cast<int>(perNode) });
    }

    const Reading& m_reading;
    const Scene& m_scene;
    Draft& m_draft;
    std::vector<std::string> m_included;
    std::vector<std::string> m_excluded;
    std::vector<std::size_t> m_includedAt;
    std::size_t m_unknownAt = none; ///< a GPU that the catalog does not have
    std::vector<std::size_t> m_excludedAt;
};

} // namespace

void readHardware(const Reading& reading, Draft& draft)
{
    HardwareReader(reading, draft).run();
}

} // namespace llmd::intent
