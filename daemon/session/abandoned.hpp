// Sessions that ended before a card was met: nothing was decided, and somebody who begins them all day must
// not fill the record. Those that their caller gave up are counted and stand in it as one line; so are those
// that ended by the fault of reader or device, beyond ten a minute.
#pragma once

#include "daemon/audit/record.hpp"
#include "daemon/match/verdict.hpp"
#include "daemon/session/verification.hpp"

#include <cstdint>
#include <map>
#include <optional>

namespace kaomon::session {

// Thread-bound.
class Abandoned {
  public:
    // Whether this session, ending with this verdict, is only counted.
    bool takes(const Verification& verification, const match::Verdict& verdict, std::int64_t now);
    void add(const Caller& caller, Reason why, std::int64_t now);
    bool empty() const noexcept { return count_ == 0; }
    // {"event":"abandoned","count":"53","first":…,"last":…,"callers":"1000:52,1001:1","reasons":…}
    audit::Event event(std::int64_t now) const;
    void clear(); // it stands in the record

  private:
    std::uint64_t count_ = 0;
    std::int64_t first_ = 0, last_ = 0; // seconds since 1970, UTC
    std::map<std::string, std::uint64_t> callers_, reasons_;
    std::int64_t minute_ = 0; // since 1970
    int faults_ = 0;          // that had a line of their own in it
};

} // namespace kaomon::session
