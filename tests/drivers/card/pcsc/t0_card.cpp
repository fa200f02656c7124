#include "tests/drivers/card/pcsc/t0_card.hpp"

#include <algorithm>

namespace kaomon::test {
namespace {

constexpr std::size_t most_at_once = 256; // bytes of an answer of T=0

std::uint8_t length_byte(std::size_t size) {
    return static_cast<std::uint8_t>(std::min(size, most_at_once) & 0xFF);
}

} // namespace

SecretBytes T0Card::promise() const {
    return {0x61, length_byte(waiting_.size() - 2)};
}

SecretBytes T0Card::answer(ByteView command) {
    if (command.size() >= 5 && command[1] == 0xC0) { // GET RESPONSE
        ++fetched;
        const std::size_t asked = command[4] == 0 ? most_at_once : command[4];
        const std::size_t size = std::min(asked, waiting_.size() - 2);
        SecretBytes part(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(size));
        waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(size));
        const SecretBytes status = waiting_.size() > 2 ? promise() : waiting_;
        part.insert(part.end(), status.begin(), status.end());
        return part;
    }
    const bool has_data = command.size() > 5;
    if (has_data && command.size() != 5U + command[4]) { // an Le behind data, or extended length
        ++malformed;
        return {0x67, 0x00};
    }
    SecretBytes whole(command.begin(), command.end());
    if (has_data && command[1] == 0x2A)
        whole.push_back(0); // what a signature is asked for with, had it a place here
    SecretBytes answer = card_.answer(whole);
    const std::size_t data = answer.size() - 2;
    if (has_data && data > 0) {
        waiting_ = std::move(answer);
        return promise();
    }
    const bool asks = command.size() == 5;
    if (asks && data > 0 && length_byte(data) != command[4]) {
        ++corrected;
        return {0x6C, length_byte(data)};
    }
    return answer;
}

} // namespace kaomon::test
