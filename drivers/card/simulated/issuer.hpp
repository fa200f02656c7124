// Personalises a simulated card: holder and portrait in, the card's whole contents out.
#pragma once

#include "drivers/base/image.hpp"
#include "drivers/card/simulated/authority.hpp"
#include "drivers/card/simulated/contents.hpp"
#include "drivers/card/simulated/holder.hpp"
#include "drivers/card/simulated/key_maker.hpp"
#include "proto/words.hpp"

#include <optional>

namespace kaomon::card::simulated {

enum class Forgery : std::uint8_t {
    none,
    signature,   // the photo record is signed with a key other than the certified one
    chip,        // the chip's key is not the one its record names: a copy of someone's data on another chip
    certificate, // the signer's certificate names the authority, which never signed it
};
consteval auto words_of(Forgery) {
    return in_words("none", "signature", "chip", "certificate");
}

struct CardOptions {
    Forgery forgery = Forgery::none;
    bool without_photo = false;   // an infant's card
    bool two_bytes_first = false; // before FF20, as newer cards are said to have
    std::uint64_t seed = 1;       // of the serial number
    bool without_pin = false;     // 顔認証マイナンバーカード: no PINs, no signing certificate (that the PIN's
                                  // file is missing is a guess of ours)
    std::optional<Date> sign_in_end{}; // last day of the sign-in certificate; empty: its usual five years
    bool without_sign_in = false;      // no sign-in certificate
    std::optional<Date> record_birth_date{},
        record_expiry{};                        // in the photo record, against the rest of the card
    bool forged_attributes = false;             // signed with another key than the certified one
    bool without_attributes = false;            // no 券面事項入力補助AP
    std::optional<Date> attribute_birth_date{}; // in the attributes, against the rest of the card
    std::optional<std::uint64_t> key_seed{};    // repeatable keys (key_maker.hpp)
};

struct IssuedCard {
    Contents contents;
    std::size_t photo_bytes = 0; // of the JP2 file
    std::string jpki_authority;  // PEM: the root of the sign-in certificate
};

// Bytes. Not known of real cards (drivers/card/SPEC.md §18).
inline constexpr std::size_t largest_photo = 7000;

// `holder` is complete, `portrait` is grey 240 x 300 (portrait.hpp). Reentrant. Reason: internal_error.
Result<IssuedCard> issue(const Authority& authority, const Holder& holder, const Image& portrait, Date today,
                         const CardOptions& options = {});

} // namespace kaomon::card::simulated
