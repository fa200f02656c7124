#include "drivers/card/simulated/apdu_line.hpp"

#include "drivers/card/apdu.hpp"

#include <algorithm>

namespace kaomon::card::simulated {

std::string apdu_line(ByteView command, ByteView answer) {
    constexpr std::uint8_t select = 0xA4;
    constexpr std::size_t longest_name = 16; // bytes of an AID
    std::string line = to_hex(command.first(std::min<std::size_t>(command.size(), 4)));
    if (const auto decoded = Command::decode(command)) {
        const std::size_t size = decoded->data.size();
        if (size > 0 && decoded->ins == select && size <= longest_name) {
            line += " " + to_hex(decoded->data);
        } else if (size > 0) {
            line += " +" + std::to_string(size) + " B";
        }
    } else {
        line += " (malformed)";
    }
    line += " ->";
    if (answer.size() > 2)
        line += " " + std::to_string(answer.size() - 2) + " B";
    if (answer.size() >= 2)
        line += " " + to_hex(answer.last(2));
    return line;
}

} // namespace kaomon::card::simulated
