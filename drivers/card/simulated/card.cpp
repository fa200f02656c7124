#include "drivers/card/simulated/card.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace kaomon::card::simulated {
namespace {

constexpr StatusWord wrong_secure_messaging{0x69FC}; // not allowed in this application
constexpr StatusWord no_session_key{0x66F1};
constexpr std::array<std::uint8_t, 7> security_domain{0xA0, 0x00, 0x00, 0x01, 0x51, 0x00, 0x00};

// PC/SC part 3, 3.1.3.2.3.1: 3B 88 80 01, application data (4), protocol info (3), MBLI << 4, check byte. The
// protocol info says 106 kbit/s, frames of 256 bytes, ISO/IEC 14443-4. (OpenSC takes any: it probes by the
// AID.)
Bytes pseudo_atr() {
    Bytes atr{0x3B, 0x88, 0x80, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x81, 0x91, 0x00};
    std::uint8_t check = 0;
    for (std::size_t i = 1; i < atr.size(); ++i)
        check = static_cast<std::uint8_t>(check ^ atr[i]);
    atr.push_back(check);
    return atr;
}

bool my_number_forbidden() {
    static const bool forbidden = std::getenv("KAOMON_FORBID_MY_NUMBER") != nullptr;
    return forbidden;
}

// Keys that the my number is (照合番号A), and files that hold it (drivers/card/SPEC.md §4, §8).
struct MyNumberFile {
    std::string_view application;
    std::uint16_t id;
};
constexpr std::array<MyNumberFile, 4> my_number_files{{{photo_application, 0x0005},
                                                       {photo_application, 0x0013},
                                                       {text_application, 0x0001},
                                                       {text_application, 0x0014}}};
constexpr std::size_t my_number_length = 12; // digits

} // namespace

bool Card::my_number_touched(const Command& command) const noexcept {
    if (command.ins == 0x20 && command.data.size() == my_number_length)
        return true;
    return application_ != nullptr && file_ != nullptr &&
           std::ranges::any_of(my_number_files, [this](const MyNumberFile& file) {
               return file.application == application_->name && file.id == file_->id;
           });
}

Card::Card(Contents contents, Keep keep)
    : contents_(std::move(contents)), keep_(std::move(keep)),
      atr_(contents_.atr.empty() ? pseudo_atr() : contents_.atr) {
    reset();
}

void Card::reset() {
    application_ = nullptr;
    file_ = nullptr;
    verified_.clear();
    RAND_bytes(uid_.data(), static_cast<int>(uid_.size()));
}

SecretBytes Card::answer(ByteView command) {
    const auto decoded = Command::decode(command);
    Answer answer = decoded ? dispatch(*decoded) : Answer{sw::wrong_length};
    if (my_number_forbidden() && decoded && my_number_touched(*decoded)) {
        std::fprintf(stderr, "the my number was touched by %02X%02X%02X%02X\n", decoded->cla, decoded->ins,
                     decoded->p1, decoded->p2);
        std::abort();
    }
    answer.data.push_back(answer.status.high());
    answer.data.push_back(answer.status.low());
    return std::move(answer.data);
}

Card::Answer Card::dispatch(const Command& command) {
    const bool in_text = application_ != nullptr && application_->name == text_application;
    if (command.cla == 0x08)
        return {in_text ? no_session_key : wrong_secure_messaging};
    switch (command.cla << 8 | command.ins) {
    case 0x00A4:
        return select(command);
    case 0x00B0:
        return read_binary(command);
    case 0x00B2:
        return read_record(command);
    case 0x00CA:
        return get_data(command);
    case 0x0020:
        return verify(command);
    case 0x0084:
        return get_challenge(command);
    case 0x0088:
        return authenticate(command);
    case 0x802A:
        return sign(command);
    case 0x80A2:
        return present_terminal(command);
    case 0xFFCA:
        return get_uid(command);
    default:
        return {command.cla == 0x00 || command.cla == 0x80 ? sw::wrong_instruction : sw::wrong_class};
    }
}

Card::Answer Card::select(const Command& command) {
    switch (command.p1) {
    case 0x00: // SELECT MF misleads on the real card too
        return {application_ == nullptr ? sw::wrong_p1p2 : sw::ok};
    case 0x02: {
        if (command.p2 != 0x0C && command.p2 != 0x00)
            return {sw::wrong_p1p2};
        if (command.data.size() != 2)
            return {sw::wrong_length};
        const auto id = static_cast<std::uint16_t>(command.data[0] << 8 | command.data[1]);
        File* found = application_ == nullptr ? nullptr : find_file(*application_, id);
        if (found == nullptr)
            return {sw::file_not_found};
        file_ = found;
        return {sw::ok};
    }
    case 0x04:
        if (command.p2 != 0x0C && command.p2 != 0x00)
            return {sw::wrong_p1p2};
        return select_application(command.data);
    default:
        return {sw::wrong_p1p2};
    }
}

Card::Answer Card::select_application(ByteView aid) {
    Application* found = nullptr;
    for (Application& candidate : contents_.applications) {
        if (std::ranges::equal(candidate.aid, aid))
            found = &candidate;
    }
    if (found == nullptr && !std::ranges::equal(security_domain, aid))
        return {sw::file_not_found};
    application_ = found;
    file_ = nullptr;
    return {sw::ok};
}

// The reader's own command (PC/SC part 3, 3.2.2.1.3): answered here because a virtual reader has no firmware.
Card::Answer Card::get_uid(const Command& command) const {
    if (command.p1 != 0 || command.p2 != 0)
        return {sw::wrong_p1p2};
    return {sw::ok, SecretBytes(uid_.begin(), uid_.end())};
}

StatusWord Card::choose(std::uint8_t sfi, FileKind kind) noexcept {
    if (sfi != 0) { // the low byte of the id
        File* found = application_ == nullptr ? nullptr : find_file(*application_, sfi);
        if (found == nullptr)
            return sw::file_not_found;
        file_ = found;
    }
    if (file_ == nullptr)
        return sw::no_current_file;
    return file_->kind == kind ? sw::ok : sw::wrong_file_structure;
}

bool Card::verified(std::uint16_t secret) const noexcept {
    return std::ranges::find(verified_, std::pair{static_cast<const Application*>(application_), secret}) !=
           verified_.end();
}

void Card::forget(std::uint16_t secret) noexcept {
    std::erase(verified_, std::pair{static_cast<const Application*>(application_), secret});
}

bool Card::open(const File& file) const noexcept {
    return file.opened_by.empty() ||
           std::ranges::any_of(file.opened_by, [this](std::uint16_t secret) { return verified(secret); });
}

} // namespace kaomon::card::simulated
