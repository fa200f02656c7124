// COMPUTE DIGITAL SIGNATURE, INTERNAL AUTHENTICATE, and the terminal's certificate that nobody here can
// issue.
#include "drivers/card/mynumber/digest.hpp"
#include "drivers/card/simulated/card.hpp"
#include "drivers/card/simulated/key.hpp"

#include <algorithm>

namespace kaomon::card::simulated {
namespace {

constexpr std::uint16_t common_key = 0x0019;           // 共通AP: its public key is not on the card
constexpr std::size_t terminal_certificate_size = 307; // bytes

} // namespace

Card::Answer Card::signature(const File& key, ByteView block, std::uint32_t ne) const {
    const auto private_key = CardKey::from_pkcs8(key.content);
    if (!private_key)
        return {sw::no_key_data};
    if (ne < modulus_size)
        return {ne == 0 ? sw::wrong_length : StatusWord{0x6C00}}; // ask for 256
    const auto signed_block = private_key->sign_block(block);
    if (!signed_block)
        return {sw::wrong_length};
    return {sw::ok, SecretBytes(signed_block->begin(), signed_block->end())};
}

Card::Answer Card::sign(const Command& command) {
    if (application_ == nullptr)
        return {sw::no_current_file};
    std::uint8_t sfi = 0;
    if (command.p2 == 0x00) {
        File* own = find_file(*application_, application_->own_key);
        if (own == nullptr)
            return {sw::no_key_data};
        file_ = own;
    } else if ((command.p2 & 0xE0) != 0x80) {
        return {sw::wrong_p1p2};
    } else {
        sfi = static_cast<std::uint8_t>(command.p2 & 0x1F);
    }
    if (const auto chosen = choose(sfi, FileKind::key); chosen != sw::ok)
        return {chosen};
    if (!open(*file_))
        return {sw::security_not_met};
    if (command.data.empty())
        return {sw::wrong_length};

    const ByteView data = command.data;
    const auto key = CardKey::from_pkcs8(file_->content);
    if (!key)
        return {sw::no_key_data};
    mynumber::Digest digest = mynumber::sha256({data});
    switch (command.p1) {
    case 0x00:
        return signature(*file_, data, command.ne); // as handed in
    case 0x01:
        return signature(*file_, digest, command.ne);
    case 0x02:
        if (data.size() != digest.size())
            return {sw::wrong_length};
        std::ranges::copy(data, digest.begin());
        return signature(*file_, mynumber::digest_info(digest), command.ne);
    case 0x03:
        return signature(*file_, mynumber::digest_info(digest), command.ne);
    default:
        return {sw::wrong_p1p2};
    }
}

Card::Answer Card::authenticate(const Command& command) {
    if (application_ == nullptr || application_->name != common_application)
        return {sw::wrong_instruction};
    if (command.p1 != 0x00 || command.p2 != 0x99)
        return {sw::wrong_p1p2}; // 80 + 19: the short id of the key
    const File* key = find_file(*application_, common_key);
    if (key == nullptr)
        return {sw::no_key_data};
    return signature(*key, command.data, command.ne);
}

// 80 A2 00 C1 wants a certificate from the payer's HSM (drivers/card/SPEC.md §14): none can be right here.
Card::Answer Card::present_terminal(const Command& command) const {
    if (application_ == nullptr || application_->name != jpki_application)
        return {sw::wrong_instruction};
    if (command.p1 != 0x00 || command.p2 != 0xC1)
        return {sw::wrong_p1p2};
    if (command.data.size() != terminal_certificate_size)
        return {sw::wrong_length};
    return {sw::security_not_met};
}

} // namespace kaomon::card::simulated
