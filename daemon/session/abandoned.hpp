// Sessions that their caller gave up before a card was met: nothing was decided, and somebody who begins and
// ends them all day must not fill the record. They are counted and stand in it as one line.
#pragma once

#include "daemon/audit/record.hpp"
#include "daemon/match/verdict.hpp"
#include "daemon/session/verification.hpp"

#include <cstdint>
#include <map>
#include <optional>

namespace kaomon::session {

// Whether this session, ending with this verdict, is one of them. Reentrant.
bool is_abandoned(const Verification& verification, const match::Verdict& verdict);

// Thread-bound.
class Abandoned {
  public:
    void add(uid_t caller, Reason why, std::int64_t now);
    bool empty() const noexcept { return count_ == 0; }
    // {"event":"abandoned","count":"53","first":…,"last":…,"callers":"1000:52,1001:1","reasons":…}
    audit::Event event(std::int64_t now) const;
    void clear() { *this = Abandoned(); }

  private:
    std::uint64_t count_ = 0;
    std::int64_t first_ = 0, last_ = 0; // seconds since 1970, UTC
    std::map<std::string, std::uint64_t> callers_, reasons_;
};

} // namespace kaomon::session
