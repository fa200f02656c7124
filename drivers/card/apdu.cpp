#include "drivers/card/apdu.hpp"

namespace kaomon::card {
namespace {

constexpr std::uint8_t low_byte(std::size_t value) {
    return static_cast<std::uint8_t>(value & 0xFFU);
}
constexpr std::size_t word(ByteView bytes, std::size_t at) {
    return static_cast<std::size_t>(bytes[at]) << 8 | bytes[at + 1];
}

} // namespace

SecretBytes Command::encode() const {
    const bool extended = data.size() > 255 || ne > 256;
    SecretBytes bytes{cla, ins, p1, p2};
    bytes.reserve(4 + data.size() + 5);
    if (extended)
        bytes.push_back(0);
    if (!data.empty()) {
        if (extended)
            bytes.push_back(low_byte(data.size() >> 8));
        bytes.push_back(low_byte(data.size()));
        bytes.insert(bytes.end(), data.begin(), data.end());
    }
    if (ne > 0) { // the largest Ne of each form is written as zero
        if (extended)
            bytes.push_back(low_byte(ne >> 8));
        bytes.push_back(low_byte(ne));
    }
    return bytes;
}

Result<Command> Command::decode(ByteView bytes) {
    if (bytes.size() < 4)
        return fail(Reason::card_data_malformed, "command APDU of fewer than 4 bytes");
    Command command{bytes[0], bytes[1], bytes[2], bytes[3], {}, 0};
    ByteView body = bytes.subspan(4);
    if (body.empty())
        return command;
    const auto length_of_zero = [](std::size_t le, std::uint32_t most) {
        return le == 0 ? most : static_cast<std::uint32_t>(le);
    };
    if (body.size() == 1) {
        command.ne = length_of_zero(body[0], 256);
        return command;
    }
    const bool extended = body[0] == 0 && body.size() >= 3;
    const std::size_t head = extended ? 3 : 1;
    const std::size_t value = extended ? word(body, 1) : body[0];
    if (extended && body.size() == 3) {
        command.ne = length_of_zero(value, 65536);
        return command;
    }
    const std::size_t tail = extended ? 2 : 1; // size of Le
    if (value == 0 || (body.size() != head + value && body.size() != head + value + tail)) {
        return fail(Reason::card_data_malformed, "command APDU whose lengths do not close");
    }
    command.data.assign(body.begin() + static_cast<std::ptrdiff_t>(head),
                        body.begin() + static_cast<std::ptrdiff_t>(head + value));
    if (body.size() == head + value + tail) {
        command.ne = extended ? length_of_zero(word(body, head + value), 65536)
                              : length_of_zero(body[head + value], 256);
    }
    return command;
}

Result<Response> Response::decode(SecretBytes bytes) {
    if (bytes.size() < 2)
        return fail(Reason::card_error, "an answer without a status word");
    Response response;
    response.status.value = static_cast<std::uint16_t>(word(bytes, bytes.size() - 2));
    bytes.resize(bytes.size() - 2);
    response.data = std::move(bytes);
    return response;
}

} // namespace kaomon::card
