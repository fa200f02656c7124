#include "drivers/card/pcsc/transaction.hpp"

#include "drivers/card/pcsc/clients.hpp"
#include "drivers/card/pcsc/features.hpp"

#include <algorithm>
#include <array>

namespace kaomon::card::pcsc {
namespace {

// T=0 has no place for Le behind data (ISO/IEC 7816-3, 12.2.5): the card says 61xx, and exchange() fetches
// the rest.
ByteView without_le(ByteView command) noexcept {
    const bool case_4_short = command.size() > 6 && command[4] != 0 && command.size() == 6U + command[4];
    return case_4_short ? command.first(command.size() - 1) : command;
}

} // namespace

Result<std::unique_ptr<CardTransaction>> Transaction::open(std::shared_ptr<Context> context,
                                                           const std::string& reader,
                                                           std::shared_ptr<const Hold> hold,
                                                           std::size_t read_block) {
    SCARDHANDLE card = 0;
    DWORD protocol = 0;
    const LONG code = SCardConnect(context->get(), reader.c_str(), SCARD_SHARE_EXCLUSIVE,
                                   SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &card, &protocol);
    auto connected = check(code, "SCardConnect");
    if (!connected) {
        auto& failure = connected.error();
        // nothing was begun yet: a card that is not there was not taken away from anybody
        if (failure.reason == Reason::card_removed)
            failure.reason = Reason::no_card;
        if (failure.reason == Reason::reader_busy)
            failure.detail += "; " + describe(clients_of_service());
        return std::unexpected(std::move(failure));
    }
    std::unique_ptr<Transaction> opened(new Transaction(std::move(context), card, protocol));
    opened->hold_ = std::move(hold);
    opened->ask_for_atr();
    opened->choose_block(reader, read_block);
    return opened;
}

Transaction::Transaction(std::shared_ptr<Context> context, SCARDHANDLE card, DWORD protocol)
    : context_(std::move(context)), card_(card), protocol_(protocol), answer_(MAX_BUFFER_SIZE_EXTENDED) {}

// `wanted`: as in open().
void Transaction::choose_block(const std::string& reader, std::size_t wanted) {
    const ReaderProperties properties = properties_of(card_);
    const Quirk* known = find_quirk(reader, properties.usb);
    if (known != nullptr && known->largest_block != 0)
        block_limit_ = known->largest_block;
    read_block_ = std::min(wanted != 0 ? wanted : read_block_for(atr_, properties.data_size), block_limit_);
}

Transaction::~Transaction() {
    SCardDisconnect(card_, SCARD_RESET_CARD);
}

void Transaction::ask_for_atr() {
    std::array<BYTE, MAX_ATR_SIZE> atr{};
    auto atr_size = static_cast<DWORD>(atr.size());
    DWORD name_size = 0;
    DWORD state = 0;
    DWORD protocol = 0;
    if (SCardStatus(card_, nullptr, &name_size, &state, &protocol, atr.data(), &atr_size) ==
        SCARD_S_SUCCESS) {
        atr_.assign(atr.begin(), atr.begin() + static_cast<std::ptrdiff_t>(atr_size));
    }
}

Result<SecretBytes> Transaction::transmit(ByteView command) {
    const SCARD_IO_REQUEST* form = protocol_ == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
    auto size = static_cast<DWORD>(answer_.size());
    if (protocol_ == SCARD_PROTOCOL_T0)
        command = without_le(command);
    const LONG code = SCardTransmit(card_, form, command.data(), static_cast<DWORD>(command.size()), nullptr,
                                    answer_.data(), &size);
    auto sent = check(code, "SCardTransmit");
    if (!sent) {
        if (sent.error().reason == Reason::no_card)
            sent.error().reason = Reason::card_removed;
        return std::unexpected(std::move(sent.error()));
    }
    // what some drivers make of a card that left in the middle of an APDU: success, and nothing
    if (size == 0)
        return fail(Reason::card_removed, "SCardTransmit: no answer at all");
    SecretBytes answer(answer_.begin(), answer_.begin() + static_cast<std::ptrdiff_t>(size));
    wipe(answer_.data(), size);
    return answer;
}

} // namespace kaomon::card::pcsc
