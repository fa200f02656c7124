#include "daemon/session/abandoned.hpp"

namespace kaomon::session {
namespace {

constexpr std::size_t most_callers = 32; // named; a line has an end

std::string listed(const std::map<std::string, std::uint64_t>& counts) {
    std::string text;
    for (const auto& [name, count] : counts)
        text.append(text.empty() ? "" : ",").append(name) += ":" + std::to_string(count);
    return text;
}

} // namespace

bool is_abandoned(const Verification& verification, const match::Verdict& verdict) {
    return (verdict.reason == Reason::cancelled || verdict.reason == Reason::caller_gone) &&
           verdict.decision == match::Decision::undecided && verification.known_by.empty() &&
           verification.earlier.empty() && !verification.against && !verification.tries_left;
}

void Abandoned::add(uid_t caller, Reason why, std::int64_t now) {
    if (count_++ == 0)
        first_ = now;
    last_ = now;
    std::string name = std::to_string(caller);
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
