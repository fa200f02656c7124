#include "daemon/audit/chain.hpp"

namespace kaomon::audit {

std::string Chain::line(std::uint64_t number, std::string_view members) const {
    std::string text = R"({"n":)" + std::to_string(number) + ',';
    text.append(members).append(R"(,"prev":")").append(last_hash_).append("\"");
    const std::string hash = sha256_hex(text);
    return text.append(R"(,"hash":")").append(hash).append("\"}\n");
}

Misfit Chain::fit(const Line& line) const {
    if (!line.fits_its_hash())
        return Misfit::altered;
    if (line.number <= count_)
        return Misfit::out_of_order;
    if (line.number != count_ + 1 && line.text("event") != gap_event)
        return Misfit::numbers_missing;
    return line.previous == last_hash_ ? Misfit::none : Misfit::does_not_follow;
}

void Chain::go_on_behind(const Line& line) {
    count_ = line.number;
    last_hash_ = line.hash;
}

} // namespace kaomon::audit
