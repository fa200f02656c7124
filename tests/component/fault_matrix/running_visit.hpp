// One verification that a test follows step by step while something goes wrong.
#pragma once

#include "tests/component/caller.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace kaomon::test {

class RunningVisit {
  public:
    // Throws std::runtime_error when nobody listens.
    RunningVisit(const std::filesystem::path& socket, boost::json::object parameters);

    // Takes what the daemon says within that time. False: nothing new, or it is over.
    bool step(double seconds);
    // Follows it to that state. False: it is over, or 10 s have passed.
    bool reach(std::string_view state);
    // Another connection hands that in, with a key of its own. What is refused is the visit's to tell.
    void provide(boost::json::object what);
    void cancel();
    void hang_up();
    void send_raw(std::string_view bytes) { caller_.send_raw(bytes); } // behind the call, on its connection

    bool over() const noexcept { return over_; }
    const std::string& session() const noexcept { return session_; } // empty: none was begun
    const std::string& state() const noexcept { return state_; }
    const std::string& hint() const noexcept { return hint_; }
    // How it ended, as its caller was told; empty: the connection was closed without a word.
    const std::string& decision() const noexcept { return decision_; }
    const std::string& reason() const noexcept { return reason_; }

  private:
    std::filesystem::path socket_;
    Caller caller_;
    std::string session_, state_, hint_, decision_, reason_;
    bool over_ = false;
};

} // namespace kaomon::test
