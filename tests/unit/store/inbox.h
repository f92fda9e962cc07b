#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "libsync/store/log.h"

namespace cowrite::store {

/// The owner's thread of a test: takes closures from the writer thread and runs them in waitFor.
class Inbox {
public:
    [[nodiscard]] Executor executor() const
    {
        return [state = m_state](std::function<void()> closure) {
            const std::lock_guard lock(state->mutex);
            state->closures.push_back(std::move(closure));
            state->arrived.notify_one();
        };
    }

    /// Runs closures as they arrive until `condition` holds; false when that takes too long.
    template <class Condition>
    [[nodiscard]] bool waitFor(Condition condition)
    {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{20};
        while (!condition()) {
            std::unique_lock lock(m_state->mutex);
            if (!m_state->arrived.wait_until(lock, deadline,
                                             [this] { return !m_state->closures.empty(); })) {
                return false;
            }
            const std::vector<std::function<void()>> closures =
                std::exchange(m_state->closures, {});
            lock.unlock();
            for (const auto &closure : closures) {
                closure();
            }
        }
        return true;
    }

private:
    struct State {
        std::mutex mutex;
        std::condition_variable arrived;
        std::vector<std::function<void()>> closures;
    };

    std::shared_ptr<State> m_state = std::make_shared<State>();
};

} // namespace cowrite::store
