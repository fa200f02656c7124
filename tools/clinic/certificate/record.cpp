#include "tools/clinic/certificate/record.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <stdexcept>

namespace kaomon::certificate {
namespace {

namespace json = boost::json;

constexpr std::size_t largest_record = 64 * 1024; // bytes

Date day_of(const json::value& value) {
    const auto day = parse_day(std::string_view(value.as_string()));
    if (!day)
        throw std::invalid_argument("no day");
    return *day;
}

void read_entry(const json::object& object, RecordEntry& entry) {
    entry.sha256 = object.at("sha256").as_string();
    entry.not_after = day_of(object.at("not_after"));
    entry.client = object.at("client").as_bool();
    if (const json::value* other = object.if_contains("other")) // records of before 2026-11-30 have none
        entry.other = other->as_bool();
    if (entry.sha256.size() != 64 || entry.sha256.find_first_not_of("0123456789abcdef") != std::string::npos)
        throw std::invalid_argument("no fingerprint");
}

Record record_of(const json::object& object) {
    Record record{.on = day_of(object.at("on")), .entries = {}};
    const json::array& certificates = object.at("certificates").as_array();
    if (certificates.size() > most_certificates)
        throw std::invalid_argument("too many certificates");
    for (const json::value& one : certificates)
        read_entry(one.as_object(), record.entries.emplace_back());
    return record;
}

} // namespace

std::string print(const Record& record) {
    json::array certificates;
    for (const RecordEntry& one : record.entries)
        certificates.push_back(json::object{{"sha256", one.sha256},
                                            {"not_after", iso(one.not_after)},
                                            {"client", one.client},
                                            {"other", one.other}});
    return json::serialize(json::object{{"on", iso(record.on)}, {"certificates", std::move(certificates)}}) +
           "\n";
}

Outcome<Record> parse_record(std::string_view text) {
    std::string why = "larger than 64 KiB";
    if (text.size() <= largest_record) {
        try {
            return record_of(json::parse(text).as_object());
        } catch (const std::exception& error) { // Boost.JSON's, or one of ours above
            why = error.what();
        }
    }
    return trouble(
        exit_usage, "record_invalid",
        {"証明書の記録 certificate.json を読めません（" + why + "）。",
         "certificate.json cannot be read: " + why},
        {"kaomon-clinic certificate でもう一度読んでください。", "run kaomon-clinic certificate again"});
}

} // namespace kaomon::certificate
