#include "tests/drivers/card/inject/pcsc_service.hpp"

#include "tests/drivers/card/mynumber/issued_card.hpp"
#include "tests/drivers/inject/inject.hpp"

#include <arpa/inet.h>
#include <reader.h>

#include <algorithm>
#include <cstring>

namespace kaomon::test {
namespace {

PcscService* the_service = nullptr;

constexpr std::uint32_t properties_code = 0x42330012; // of our own choice

// All that pcsclite.h and drivers come with.
constexpr std::array<LONG, 26> codes{SCARD_F_INTERNAL_ERROR,
                                     SCARD_E_CANCELLED,
                                     SCARD_E_INVALID_HANDLE,
                                     SCARD_E_INVALID_PARAMETER,
                                     SCARD_E_NO_MEMORY,
                                     SCARD_E_INSUFFICIENT_BUFFER,
                                     SCARD_E_UNKNOWN_READER,
                                     SCARD_E_TIMEOUT,
                                     SCARD_E_SHARING_VIOLATION,
                                     SCARD_E_NO_SMARTCARD,
                                     SCARD_E_PROTO_MISMATCH,
                                     SCARD_E_NOT_READY,
                                     SCARD_E_INVALID_VALUE,
                                     SCARD_F_COMM_ERROR,
                                     SCARD_E_NOT_TRANSACTED,
                                     SCARD_E_READER_UNAVAILABLE,
                                     SCARD_E_NO_SERVICE,
                                     SCARD_E_SERVICE_STOPPED,
                                     SCARD_E_NO_READERS_AVAILABLE,
                                     SCARD_E_UNSUPPORTED_FEATURE,
                                     SCARD_W_UNSUPPORTED_CARD,
                                     SCARD_W_UNRESPONSIVE_CARD,
                                     SCARD_W_UNPOWERED_CARD,
                                     SCARD_W_RESET_CARD,
                                     SCARD_W_REMOVED_CARD,
                                     static_cast<LONG>(0x80100099)}; // of no list

const card::simulated::Contents& contents_of(std::size_t which) {
    static const auto second = issued_with({.seed = 2});
    return which == 0 ? issued().contents : second.contents;
}

} // namespace

PcscService::PcscService() : PcscService(contents_of(0)) {}
PcscService::PcscService(card::simulated::Contents first)
    : cards{card::simulated::Card(std::move(first)), card::simulated::Card(contents_of(1))} {
    the_service = this;
}
PcscService::~PcscService() {
    the_service = nullptr;
}
PcscService& PcscService::running() {
    return *the_service;
}

void PcscService::put(std::size_t card) {
    pull();
    lies_there_ = card;
    ++events_;
}

void PcscService::pull() {
    if (lies_there_ == none)
        return;
    cards.at(lies_there_).reset();
    lies_there_ = none;
    ++events_;
}

void PcscService::restart() {
    contexts_.clear();
    holds_.clear();
    events_ = 0;
    if (lies_there_ != none)
        cards.at(lies_there_).reset();
}

LONG PcscService::something_happens() {
    if (!inject::fails())
        return SCARD_S_SUCCESS;
    switch (inject::drawn() % 8) {
    case 0:
        pull();
        return SCARD_S_SUCCESS; // and whoever holds it will notice
    case 1:
        put(inject::drawn() % 2);
        return SCARD_S_SUCCESS;
    case 2:
        restart();
        return SCARD_S_SUCCESS;
    default:
        return codes.at(inject::drawn() % codes.size());
    }
}

LONG PcscService::establish(SCARDCONTEXT* context) {
    if (const LONG code = something_happens(); code != SCARD_S_SUCCESS)
        return code;
    *context = next_++;
    contexts_.insert(*context);
    return SCARD_S_SUCCESS;
}

LONG PcscService::release(SCARDCONTEXT context) {
    return contexts_.erase(context) == 1 ? SCARD_S_SUCCESS : SCARD_E_INVALID_HANDLE;
}

LONG PcscService::list(SCARDCONTEXT context, char* names, DWORD* size) {
    if (const LONG code = something_happens(); code != SCARD_S_SUCCESS)
        return code;
    if (!contexts_.contains(context))
        return SCARD_E_INVALID_HANDLE;
    if (unplugged_)
        return SCARD_E_NO_READERS_AVAILABLE;
    const std::size_t length = reader.size() + 1; // and a second zero behind the last name
    std::memcpy(names, reader.c_str(), length);
    names[length] = '\0';
    *size = static_cast<DWORD>(length + 1);
    return SCARD_S_SUCCESS;
}

LONG PcscService::status_change(SCARDCONTEXT context, SCARD_READERSTATE* states, DWORD count) {
    if (const LONG code = something_happens(); code != SCARD_S_SUCCESS)
        return code;
    if (!contexts_.contains(context))
        return SCARD_E_INVALID_HANDLE;
    for (DWORD i = 0; i < count; ++i) {
        const DWORD card = lies_there_ == none ? SCARD_STATE_EMPTY : SCARD_STATE_PRESENT;
        if (states[i].szReader == reader)
            states[i].dwEventState =
                (unplugged_ ? SCARD_STATE_UNAVAILABLE : card) | events_ << 16 | SCARD_STATE_CHANGED;
    }
    return inject::drawn() % 2 == 0 ? SCARD_S_SUCCESS : SCARD_E_TIMEOUT;
}

LONG PcscService::connect(SCARDCONTEXT context, const char* name, SCARDHANDLE* hold, DWORD* protocol) {
    if (const LONG code = something_happens(); code != SCARD_S_SUCCESS)
        return code;
    if (!contexts_.contains(context))
        return SCARD_E_INVALID_HANDLE;
    if (unplugged_ || name != reader)
        return SCARD_E_UNKNOWN_READER;
    if (lies_there_ == none)
        return SCARD_E_NO_SMARTCARD;
    if (!holds_.empty())
        return SCARD_E_SHARING_VIOLATION;
    answered.clear();
    *hold = next_++;
    *protocol = inject::drawn() % 2 == 0 ? SCARD_PROTOCOL_T0 : SCARD_PROTOCOL_T1;
    holds_[*hold] = events_;
    return SCARD_S_SUCCESS;
}

LONG PcscService::held(SCARDHANDLE hold) const {
    const auto found = holds_.find(hold);
    if (found == holds_.end())
        return SCARD_E_INVALID_HANDLE;
    return found->second == events_ && lies_there_ != none ? SCARD_S_SUCCESS : SCARD_W_REMOVED_CARD;
}

LONG PcscService::disconnect(SCARDHANDLE hold) {
    const LONG code = held(hold);
    if (code == SCARD_S_SUCCESS)
        cards.at(lies_there_).reset();
    holds_.erase(hold);
    return code;
}

LONG PcscService::status(SCARDHANDLE hold, BYTE* atr, DWORD* size) {
    if (const LONG code = something_happens(); code != SCARD_S_SUCCESS)
        return code;
    if (const LONG code = held(hold); code != SCARD_S_SUCCESS)
        return code;
    const ByteView told = cards.at(lies_there_).atr();
    *size = static_cast<DWORD>(std::min<std::size_t>(told.size(), *size));
    std::copy_n(told.begin(), *size, atr);
    return SCARD_S_SUCCESS;
}

// A list of features, or bytes that are none.
LONG PcscService::control(SCARDHANDLE hold, DWORD wanted, BYTE* reply, DWORD room, DWORD* size) {
    if (const LONG code = something_happens(); code != SCARD_S_SUCCESS)
        return code;
    if (const LONG code = held(hold); code != SCARD_S_SUCCESS)
        return code;
    if (!properties.empty()) {
        const std::uint32_t big_endian = htonl(properties_code);
        Bytes answer = properties;
        if (wanted != properties_code) {
            answer = {FEATURE_GET_TLV_PROPERTIES, sizeof big_endian, 0, 0, 0, 0};
            std::memcpy(answer.data() + 2, &big_endian, sizeof big_endian);
        }
        std::ranges::copy(answer, reply);
        *size = static_cast<DWORD>(answer.size());
        return SCARD_S_SUCCESS;
    }
    *size = static_cast<DWORD>(inject::drawn() % std::min<DWORD>(room, 40));
    for (DWORD i = 0; i < *size; ++i)
        reply[i] = static_cast<BYTE>(inject::drawn());
    if (*size > 6 && inject::drawn() % 2 == 0) {
        reply[0] = FEATURE_GET_TLV_PROPERTIES;
        reply[1] = 4;
    }
    return SCARD_S_SUCCESS;
}

LONG PcscService::transmit(SCARDHANDLE hold, const BYTE* command, DWORD length, BYTE* answer, DWORD* size) {
    if (length > 5 && command[1] == 0x20)
        ++verifies;
    const LONG before = something_happens();
    if (before != SCARD_S_SUCCESS)
        return before;
    if (const LONG code = held(hold); code != SCARD_S_SUCCESS)
        return code;
    answered.insert(lies_there_);
    const auto told = [&] {
        const inject::Paused paused;
        return cards.at(lies_there_).answer(ByteView(command, length));
    }();
    const LONG after = something_happens(); // the card has obeyed, but nobody hears of it
    if (after != SCARD_S_SUCCESS)
        return after;
    if (told.size() > *size)
        return SCARD_E_INSUFFICIENT_BUFFER;
    *size = static_cast<DWORD>(told.size());
    std::ranges::copy(told, answer);
    if (inject::fails()) { // an answer that was hurt on its way
        if (inject::drawn() % 2 == 0) {
            *size = static_cast<DWORD>(inject::drawn() % (*size + 1));
        } else {
            answer[inject::drawn() % *size] ^= static_cast<BYTE>(1 + inject::drawn() % 255);
        }
    }
    return SCARD_S_SUCCESS;
}

} // namespace kaomon::test
