#include "tools/clinic/introduction/edition.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace kaomon::introduction {
namespace {

namespace json = boost::json;
using namespace std::chrono;

constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
constexpr sys_days first_day = 2026y / January / 1; // before the first edition of all

std::uint64_t hash_of(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return hash;
}

Edition edition_of(const json::object& object) {
    const std::int64_t sequence = object.at("sequence").as_int64(), made = object.at("made").as_int64();
    if (sequence < 0 || sequence > most || made < 0 || made > 253'402'300'799) // of the year 9999
        throw std::invalid_argument("a number out of range");
    return {static_cast<std::uint32_t>(sequence), sys_seconds(seconds(made)),
            object.at("contents").to_number<std::uint64_t>()};
}

} // namespace

Edition next_edition(const std::optional<Edition>& last, std::string_view contents, sys_seconds now) {
    const std::uint64_t hash = hash_of(contents);
    if (last && last->contents == hash)
        return *last;
    const std::int64_t clock = floor<minutes>(now - first_day).count();
    const std::int64_t next = last ? std::max<std::int64_t>(clock, std::int64_t{last->sequence} + 1) : clock;
    return {static_cast<std::uint32_t>(std::clamp<std::int64_t>(next, 0, most)), now, hash};
}

std::string print(const Edition& edition) {
    return json::serialize(json::object{{"sequence", edition.sequence},
                                        {"made", edition.made.time_since_epoch().count()},
                                        {"contents", edition.contents}}) +
           "\n";
}

Outcome<Edition> parse_edition(std::string_view text) {
    std::string why;
    try {
        return edition_of(json::parse(text).as_object());
    } catch (const std::exception& error) { // Boost.JSON's, or one of ours above
        why = error.what();
    }
    return trouble(exit_usage, "record_invalid",
                   {"カレンダーの版の記録 calendar.json を読めません（" + why + "）。",
                    "calendar.json cannot be read: " + why},
                   {"calendar.json を消して、もう一度書き出してください。",
                    "remove calendar.json and write the calendar again"});
}

} // namespace kaomon::introduction
