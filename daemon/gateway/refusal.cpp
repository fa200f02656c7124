#include "daemon/gateway/refusal.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace kaomon::gateway {
namespace {

struct Row {
    std::uint16_t code;
    std::string_view english, japanese;
};
constexpr std::array table{
#define X(word, code, english, japanese) Row{code, english, japanese},
#include "daemon/gateway/refusals.inc"
#undef X
};

const Row& row(Refusal why) noexcept {
    return table[static_cast<std::size_t>(why)];
}

} // namespace

std::uint16_t code_of(Refusal why) noexcept {
    return row(why).code;
}

std::string_view english(Refusal why) noexcept {
    return row(why).english;
}

std::string as_json(Refusal why) {
    return boost::json::serialize(
        boost::json::object{{"error", word(why)}, {"en", row(why).english}, {"ja", row(why).japanese}});
}

} // namespace kaomon::gateway
