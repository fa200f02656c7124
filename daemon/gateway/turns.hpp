// Whose turn it is to be answered: kaomond answers a connection's calls in their order, and what the gateway
// answers itself must not overtake that.
#pragma once

#include <cstddef>
#include <deque>

namespace kaomon::gateway {

// Pure. Thread-bound.
class Turns {
  public:
    void forwarded() { waiting_.push_back(false); }
    void refused() { waiting_.push_back(true); }
    // kaomond has given the last answer to a call.
    void answered() {
        if (!waiting_.empty())
            waiting_.pop_front();
    }
    // How many refusals are to be said now; they are out of the line then.
    std::size_t take_refused() {
        std::size_t count = 0;
        for (; !waiting_.empty() && waiting_.front(); waiting_.pop_front())
            ++count;
        return count;
    }
    std::size_t size() const noexcept { return waiting_.size(); }

  private:
    std::deque<bool> waiting_; // true: refused
};

} // namespace kaomon::gateway
