#include "daemon/session/abandoned.hpp"

#include <utility>

namespace kaomon::session {
namespace {

constexpr int most_faults = 10;          // a minute
constexpr std::size_t most_callers = 32; // named; a line has an end

std::string listed(const std::map<std::string, std::uint64_t>& counts) {
    std::string text;
    for (const auto& [name, count] : counts)
        text.append(text.empty() ? "" : ",").append(name) += ":" + std::to_string(count);
    return text;
}

} // namespace

bool Abandoned::takes(const Verification& verification, const match::Verdict& verdict, std::int64_t now) {
    if (verdict.decision != match::Decision::undecided || !verification.known_by.empty() ||
        !verification.earlier.empty() || verification.against || verification.tries_left)
        return false;
    if (verdict.reason == Reason::cancelled || verdict.reason == Reason::caller_gone)
        return true;
    const Cause cause = describe(verdict.reason).cause;
    if (cause != Cause::reader && cause != Cause::device)
        return false;
    if (std::exchange(minute_, now / 60) != now / 60)
        faults_ = 0;
    return ++faults_ > most_faults;
}

void Abandoned::clear() {
    count_ = 0;
    callers_.clear();
    reasons_.clear();
}

void Abandoned::add(const Caller& caller, Reason why, std::int64_t now) {
    if (count_++ == 0)
        first_ = now;
    last_ = now;
    std::string name = text(caller);
    if (callers_.size() >= most_callers && !callers_.contains(name))
        name = "others";
    ++callers_[name];
    ++reasons_[std::string(word(why))];
}

audit::Event Abandoned::event(std::int64_t now) const {
    return {now,
            "abandoned",
            {{"count", std::to_string(count_)},
             {"first", std::to_string(first_)},
             {"last", std::to_string(last_)},
             {"callers", listed(callers_)},
             {"reasons", listed(reasons_)}}};
}

} // namespace kaomon::session
