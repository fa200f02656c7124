#include "drivers/card/mynumber/free_data.hpp"

#include "drivers/card/mynumber/application.hpp"
#include "drivers/card/mynumber/certificate_end.hpp"
#include "drivers/card/mynumber/challenge.hpp"
#include "drivers/card/mynumber/date.hpp"
#include "drivers/card/mynumber/file.hpp"
#include "drivers/card/mynumber/tries.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace kaomon::card::mynumber {
namespace {

constexpr FileId card_info_file = 0x0001;           // 共通AP, one record
constexpr FileId token_file = 0x0006;               // JPKI AP: which kind of medium
constexpr FileId sign_in_certificate_file = 0x000A; // JPKI AP: authentication certificate
constexpr FileId signer_certificate_file = 0x0004;  // 券面AP: CV certificate of the record-signing key
constexpr std::size_t token_label = 32;             // bytes at the start of EF 0006
constexpr std::size_t certificate_limit = 4096;     // bytes; real ones have about 1,500
constexpr std::size_t signer_limit = 1024;          // bytes; real ones have 568

struct Label {
    std::string_view text;
    Medium medium;
};
// card.md 1.7. Compared whole: the label is padded with spaces, zeros or FF.
constexpr std::array<Label, 4> labels{{{"JPKIAPICCTOKEN2", Medium::my_number_card},
                                       {"JPKIAPICCTOKEN", Medium::juki_card},
                                       {"JPKIAPGPSETOKEN", Medium::android_phone},
                                       {"JPKIAPIOSTOKEN", Medium::iphone}}};

std::optional<Medium> medium_of(ByteView label) {
    const auto padding = [](std::uint8_t byte) { return byte == ' ' || byte == 0x00 || byte == 0xFF; };
    const auto end = std::ranges::find_if(label, padding);
    const std::string_view text(reinterpret_cast<const char*>(label.data()),
                                static_cast<std::size_t>(end - label.begin()));
    const auto found = std::ranges::find(labels, text, &Label::text);
    if (found == labels.end())
        return std::nullopt;
    return found->medium;
}

CardMark mark_of(ByteView card_info) {
    static const Challenge key = fresh_challenge().value(); // 32 bytes that nobody can guess
    const Digest digest = sha256({key.digest, card_info});
    CardMark mark{};
    std::copy_n(digest.begin(), mark.size(), mark.begin());
    return mark;
}

struct CardInfo {
    Date expiry;
    CardMark mark;
};

// 01 1C | serial, 15 digits | municipality, 5 digits | expiry, 8 digits
Result<CardInfo> read_card_info(CardTransaction& card) {
    constexpr std::array<std::uint8_t, 2> head{0x01, 0x1C};
    if (const auto selected = select_file(card, card_info_file); !selected) {
        return std::unexpected(selected.error());
    }
    const auto record = exchange(card, {0x00, 0xB2, 0x01, 0x04, {}, 256});
    if (!record)
        return std::unexpected(record.error());
    if (record->status != sw::ok)
        return unexpected_status("READ RECORD", record->status);
    const ByteView data = record->data;
    if (data.size() < 30 || !std::ranges::equal(data.first(2), head)) {
        return fail(Reason::card_data_malformed, "card information record of another layout");
    }
    const auto expiry = read_date(data.subspan(22, 8));
    if (!expiry)
        return fail(Reason::card_data_malformed, "card expiry is no date");
    return CardInfo{*expiry, mark_of(data.first(30))};
}

Result<SecretBytes> read_label(CardTransaction& card) {
    if (const auto selected = select_file(card, token_file); !selected)
        return std::unexpected(selected.error());
    return read_file(card, 0, token_label);
}

Result<SecretBytes> read_certificate(CardTransaction& card) {
    if (const auto selected = select_file(card, sign_in_certificate_file); !selected) {
        return std::unexpected(selected.error());
    }
    return read_object(card, 0x30, certificate_limit);
}

bool is_lost(const Failure& failure) {
    return failure.reason != Reason::card_error && failure.reason != Reason::card_data_malformed;
}

struct SignIn {
    std::optional<Medium> medium;
    SecretBytes certificate;
};

// What cannot be read here stays empty: it decides a warning, not the visit. Only a lost card or reader is a
// failure.
Result<SignIn> read_sign_in(CardTransaction& card) {
    const auto there = select_application(card, Application::jpki);
    if (!there)
        return std::unexpected(there.error());
    SignIn sign_in;
    if (!*there)
        return sign_in;
    const auto label = read_label(card);
    if (!label && is_lost(label.error()))
        return std::unexpected(label.error());
    if (label)
        sign_in.medium = medium_of(*label);
    auto certificate = read_certificate(card);
    if (!certificate && is_lost(certificate.error()))
        return std::unexpected(certificate.error());
    if (certificate)
        sign_in.certificate = std::move(*certificate);
    return sign_in;
}

Result<void> refuse_other_media(const std::optional<Medium>& medium, bool has_common_application) {
    switch (medium.value_or(Medium::my_number_card)) {
    case Medium::juki_card:
        return fail(Reason::juki_card);
    case Medium::android_phone:
        return fail(Reason::phone_has_no_photo, "an Android phone");
    case Medium::iphone:
        return fail(Reason::phone_has_no_photo, "an iPhone");
    case Medium::my_number_card:
        break;
    }
    if (!has_common_application)
        return fail(Reason::not_my_number_card, "no common application");
    return {};
}

} // namespace

Result<FreeData> read_free_data(CardTransaction& card, Date today) {
    FreeData data;
    const auto common = select_application(card, Application::common);
    if (!common)
        return std::unexpected(common.error());
    if (*common) {
        const auto info = read_card_info(card);
        if (!info)
            return std::unexpected(info.error());
        data.card_expiry = info->expiry;
        data.mark = info->mark;
    }

    auto sign_in = read_sign_in(card);
    if (!sign_in)
        return std::unexpected(sign_in.error());
    if (const auto right = refuse_other_media(sign_in->medium, *common); !right) {
        return std::unexpected(right.error());
    }
    data.sign_in_certificate = std::move(sign_in->certificate);
    data.sign_in_certificate_end = certificate_end(data.sign_in_certificate);
    // the last day itself still counts
    if (std::chrono::sys_days{today} > std::chrono::sys_days{data.card_expiry})
        return fail(Reason::card_expired);

    const auto face_check = select_application(card, Application::face_check);
    if (!face_check)
        return std::unexpected(face_check.error());
    if (!*face_check)
        return fail(Reason::not_my_number_card, "no face-check application");
    if (const auto selected = select_file(card, signer_certificate_file); !selected) {
        return std::unexpected(selected.error());
    }
    auto certificate = read_object(card, 0x7F21, signer_limit);
    if (!certificate)
        return std::unexpected(certificate.error());
    data.signer_certificate = std::move(*certificate);

    const auto tries = read_tries(card, access_number_key);
    if (!tries)
        return std::unexpected(tries.error());
    if (tries->state == Tries::State::absent)
        return fail(Reason::card_error, "the card has no key for verification number B");
    if (tries->state == Tries::State::open) {
        // somebody verified before us and left the card on; our own transaction ends in a reset, so the next
        // is clean
        return fail(Reason::card_error, "the card is still open from another program's use");
    }
    data.tries_left = tries->left;
    return data;
}

} // namespace kaomon::card::mynumber
