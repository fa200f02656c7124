// How many connections there are and whose, so that nobody keeps the others out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace kaomon::gateway {

// A connection waits until it has said who it is; then it sits under its peer's name. Thread-bound.
class Crowd {
  public:
    using Number = std::uint64_t; // rises from one connection to the next

    // A new one. `instead`: that one has to go for it, the one that has waited longest, of this address where
    // the address has max_waiting of them. Without number: there is no place, all have said who they are.
    struct Place {
        std::optional<Number> number, instead;
    };
    Place come(const std::string& address);
    // It is that peer's from here on. False: the peer has max_sockets_of_peer already; it goes on waiting.
    bool sit(Number number, std::string_view peer);
    void leave(Number number) noexcept;

    std::size_t size() const noexcept { return all_.size(); }

  private:
    struct One {
        std::string address, peer; // empty: waits
    };
    std::map<Number, One> all_; // the one that came first stands first
    Number next_ = 1;
};

} // namespace kaomon::gateway
