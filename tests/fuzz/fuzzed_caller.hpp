// One connection to a fuzzed desk, real from its bytes on; only the kernel's word for who calls is made up.
// What comes back is held against what was sent.
#pragma once

#include "daemon/socket/connection.hpp"
#include "drivers/base/unique_fd.hpp"
#include "tests/fuzz/fuzzed_desk.hpp"

#include <boost/json/object.hpp>

#include <deque>
#include <map>
#include <string>

namespace kaomon::fuzz {

// What callers learnt, and may tell each other.
struct Learnt {
    std::vector<std::string> sessions, screens;
    std::map<std::string, session::Caller> owners; // of either
    std::int64_t step = 1;                         // of the screen's light, the last one
};

class FuzzedCaller {
  public:
    FuzzedCaller(FuzzedDesk& desk, Learnt& learnt, uid_t user);

    const session::Caller& user() const { return user_; }
    bool open() const { return static_cast<bool>(ours_) && !ended_; }
    void send(std::string_view bytes);
    void read();
    void read_nothing(bool so) {
        reads_ = !so;
        silent_ = silent_ || so;
    }
    void half_close();
    void close();
    void dismiss(); // the daemon ends

    // A Verify that is not answered to its end; `first`: nothing is answered before it.
    bool waits_for_verdict() const;
    bool verdict_is_next() const { return !expected_.empty() && expected_.front().method == verify; }
    // The connection's end is known on both sides, and nothing holds it any more.
    bool gone() const { return theirs_.expired(); }

  private:
    static constexpr const char* verify = "org.kaomon.Verification.Verify";
    struct Expected {
        std::string method;
        bool more = false;
        boost::json::object parameters;
        std::string session{}; // of a Verify, once known
    };
    void note_sent(std::string_view message);
    void take(const boost::json::object& reply);
    void take_farewell(const boost::json::object& parameters);
    void take_update(Expected& call, const boost::json::object& parameters, bool last);

    FuzzedDesk& desk_;
    Learnt& learnt_;
    session::Caller user_; // from what is sent on: for whom it speaks
    UniqueFd ours_;
    std::weak_ptr<socket::Connection> theirs_;
    std::string sent_, received_;
    std::deque<Expected> expected_;
    std::size_t sent_bytes_ = 0;
    bool garbled_ = false, half_closed_ = false, silent_ = false, ended_ = false, reads_ = true,
         dismissed_ = false;
};

} // namespace kaomon::fuzz
