#include "drivers/card/exchange.hpp"

namespace kaomon::card {
namespace {

constexpr std::uint8_t more_waits = 0x61;   // ISO/IEC 7816-4 table 5
constexpr std::uint8_t other_length = 0x6C; // the same
constexpr std::size_t most_data = 65536;    // bytes: the largest Ne

bool tries_a_secret(std::uint8_t instruction) {
    return instruction == 0x20 || instruction == 0x24 || instruction == 0x2C;
}

// A length byte of 00 stands for 256.
std::uint32_t expected(std::uint8_t length) {
    return length == 0 ? 256U : length;
}

Result<Response> send(CardTransaction& card, const Command& command) {
    auto answer = card.transmit(command.encode());
    if (!answer)
        return std::unexpected(std::move(answer.error()));
    return Response::decode(std::move(*answer));
}

} // namespace

Result<Response> exchange(CardTransaction& card, const Command& command) {
    auto response = send(card, command);
    if (!response || tries_a_secret(command.ins))
        return response;
    if (response->status.high() == other_length && command.ne > 0) {
        Command again = command;
        again.ne = expected(response->status.low());
        response = send(card, again);
        if (!response)
            return response;
    }
    while (response->status.high() == more_waits) {
        // a secured class byte stays, so that the card knows whose answer is asked for
        const Command get_response{command.cla, 0xC0, 0, 0, {}, expected(response->status.low())};
        auto next = send(card, get_response);
        if (!next)
            return next;
        if (next->data.empty() && next->status.high() == more_waits) {
            return fail(Reason::card_error, "GET RESPONSE brings nothing and promises more");
        }
        if (response->data.size() + next->data.size() > most_data) {
            return fail(Reason::card_error, "an answer without end");
        }
        response->data.insert(response->data.end(), next->data.begin(), next->data.end());
        response->status = next->status;
    }
    return response;
}

} // namespace kaomon::card
