#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace cowrite {

namespace detail {

/// What a Subscription sees of its signal, whatever the argument types.
class SignalState {
public:
    virtual ~SignalState() = default;
    virtual void disconnect(const void *slot) = 0;
};

} // namespace detail

/// Keeps one slot connected; disconnects it when destroyed. Move-only. It may outlive its signal,
/// and may be destroyed while the signal is being emitted, also by the slot that it belongs to.
class [[nodiscard]] Subscription {
public:
    Subscription() = default;
    Subscription(std::weak_ptr<detail::SignalState> state, const void *slot)
        : m_state(std::move(state)), m_slot(slot)
    {}
    Subscription(Subscription &&other) noexcept
        : m_state(std::move(other.m_state)), m_slot(std::exchange(other.m_slot, nullptr))
    {}
    Subscription &operator=(Subscription &&other) noexcept
    {
        if (this != &other) {
            disconnect();
            m_state = std::move(other.m_state);
            m_slot = std::exchange(other.m_slot, nullptr);
        }
        return *this;
    }
    Subscription(const Subscription &) = delete;
    Subscription &operator=(const Subscription &) = delete;
    ~Subscription() { disconnect(); }

    /// Disconnects now; the slot is not called again. Does nothing the second time.
    void disconnect()
    {
        const void *slot = std::exchange(m_slot, nullptr);
        if (const auto state = std::exchange(m_state, {}).lock(); state && slot) {
            state->disconnect(slot);
        }
    }

private:
    std::weak_ptr<detail::SignalState> m_state;
    const void *m_slot = nullptr;
};

/// Calls its slots in the order in which they were connected, on the caller's thread; not
/// thread-safe. A slot connected during an emission is first called by the next one. A slot
/// disconnected during an emission is not called any more. A slot may destroy the signal: the
/// emission then ends after it.
template <class... Args>
class Signal {
public:
    using Function = std::function<void(Args...)>;

    Signal() : m_state(std::make_shared<State>()) {}
    ~Signal() { m_state->close(); }
    Signal(const Signal &) = delete;
    Signal &operator=(const Signal &) = delete;

    /// Connects `function`, which must not be empty, for as long as the subscription lives.
    [[nodiscard]] Subscription connect(Function function)
    {
        return Subscription(m_state, m_state->add(std::move(function)));
    }

    void emit(Args... args) const
    {
        if (hasSubscribers()) {
            const std::shared_ptr<State> state = m_state;
            state->emit(args...);
        }
    }

    /// Whether an emission would call anybody; lets the emitter skip computing the arguments.
    [[nodiscard]] bool hasSubscribers() const { return m_state->hasSlots(); }

private:
    struct Slot {
        Function function;
        bool connected = true;
    };

    class State final : public detail::SignalState {
    public:
        const void *add(Function function)
        {
            m_slots.push_back(std::make_unique<Slot>(Slot{std::move(function), true}));
            ++m_connected;
            return m_slots.back().get();
        }

        void disconnect(const void *slot) override
        {
            for (const auto &candidate : m_slots) {
                if (candidate.get() == slot && candidate->connected) {
                    candidate->connected = false;
                    --m_connected;
                }
            }
            removeDisconnected();
        }

        void close()
        {
            for (const auto &slot : m_slots) {
                slot->connected = false;
            }
            m_connected = 0;
            removeDisconnected();
        }

        void emit(Args &...args)
        {
            ++m_depth;
            // Slots are only appended while an emission runs, so the index stays right.
            const std::size_t count = m_slots.size();
            for (std::size_t i = 0; i < count; ++i) {
                Slot &slot = *m_slots[i];
                if (slot.connected) {
                    slot.function(args...);
                }
            }
            --m_depth;
            removeDisconnected();
        }

        [[nodiscard]] bool hasSlots() const { return m_connected > 0; }

    private:
        /// Drops dead slots, unless an emission still walks over them.
        void removeDisconnected()
        {
            if (m_connected == m_slots.size() || m_depth > 0) {
                return;
            }
            // The functions' destructors may come back here, so they run on a list of their own.
            const auto dead = std::stable_partition(
                m_slots.begin(), m_slots.end(), [](const auto &slot) { return slot->connected; });
            const std::vector<std::unique_ptr<Slot>> graveyard(
                std::make_move_iterator(dead), std::make_move_iterator(m_slots.end()));
            m_slots.erase(dead, m_slots.end());
        }

        std::vector<std::unique_ptr<Slot>> m_slots;
        std::size_t m_connected = 0; ///< Of the slots, those that are not dead.
        int m_depth = 0;
    };

    std::shared_ptr<State> m_state;
};

} // namespace cowrite
