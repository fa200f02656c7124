#include "drivers/card/mynumber/free_data.hpp"

#include "drivers/card/mynumber/application.hpp"
#include "drivers/card/mynumber/certificate_end.hpp"
#include "drivers/card/mynumber/date.hpp"
#include "drivers/card/mynumber/file.hpp"
#include "drivers/card/mynumber/other_medium.hpp"
#include "drivers/card/mynumber/tries.hpp"

#include <algorithm>
#include <array>

namespace kaomon::card::mynumber {
namespace {

constexpr std::size_t certificate_limit = 4096; // bytes; real ones have about 1,500
constexpr std::size_t signer_limit = 1024;      // bytes; real ones have 568

struct CardInfo {
    Date expiry;
    SecretBytes record;
};

// 01 1C | serial, 15 digits | municipality, 5 digits | expiry, 8 digits
Result<CardInfo> read_card_info(CardTransaction& card, FileId file) {
    constexpr std::array<std::uint8_t, 2> head{0x01, 0x1C};
    if (const auto selected = select_file(card, file); !selected) {
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
    return CardInfo{*expiry, SecretBytes(data.begin(), data.begin() + 30)};
}

// Of an application or file that may not be there; then it is empty.
Result<SecretBytes> read_object_of(CardTransaction& card, const FileAddress& place, std::uint16_t tag,
                                   std::size_t limit) {
    auto there = select_application(card, place.application);
    if (there && *there)
        there = select_file_if_there(card, place.file);
    if (!there)
        return std::unexpected(there.error());
    return *there ? read_object(card, tag, limit) : SecretBytes();
}

// What cannot be read here decides a warning and the PIN, not the visit; why is noted. Only a lost card or
// reader is a failure.
Result<void> read_sign_in_certificate(CardTransaction& card, FreeData& data) {
    auto certificate = read_object_of(card, data.generation->sign_in_certificate, 0x30, certificate_limit);
    if (certificate) {
        data.sign_in_certificate = std::move(*certificate);
        data.sign_in_certificate_end = certificate_end(data.sign_in_certificate);
        return {};
    }
    const Reason why = certificate.error().reason;
    if (why != Reason::card_error && why != Reason::card_data_malformed)
        return std::unexpected(certificate.error());
    data.sign_in_certificate_unread = why;
    return {};
}

// Behind the certificate, whose application is current. What the card does not tell is told by the VERIFY.
Result<void> read_pin_tries(CardTransaction& card, FreeData& data) {
    const auto tries = read_tries(card, data.generation->sign_in_pin.file);
    if (!tries)
        return tries.error().reason == Reason::card_error ? Result<void>() : std::unexpected(tries.error());
    if (tries->state == Tries::State::counted || tries->state == Tries::State::locked)
        data.pin_tries_left = tries->left;
    return {};
}

// Null: the card is of no generation of the table.
Result<const Generation*> find_generation(CardTransaction& card) {
    for (const Generation& generation : generations) {
        const auto there = select_application(card, generation.card_info.application);
        if (!there && there.error().reason == Reason::card_error) {
            if (const auto storage = storage_card(card.atr()))
                return fail(*storage, "by its answer to reset");
        }
        if (!there)
            return std::unexpected(there.error());
        if (*there)
            return &generation;
    }
    return nullptr;
}

Result<std::uint8_t> read_tries_of_number(CardTransaction& card, FileId key) {
    const auto tries = read_tries(card, key);
    if (!tries)
        return std::unexpected(tries.error());
    switch (tries->state) {
    case Tries::State::absent:
        return fail(Reason::card_error, "the card has no key for verification number B");
    case Tries::State::open: // somebody verified before us and left the card on; our own transaction ends in
                             // a reset, so the next is clean
        return fail(Reason::card_error, "the card is still open from another program's use");
    case Tries::State::counted:
    case Tries::State::locked:
    case Tries::State::untold:
        break;
    }
    return tries->left;
}

} // namespace

Result<FreeData> read_free_data(CardTransaction& card, Date today, bool with_pin) {
    FreeData data;
    const auto generation = find_generation(card);
    if (!generation)
        return std::unexpected(generation.error());
    if (*generation == nullptr)
        return std::unexpected(name_other_medium(card, Reason::not_my_number_card));
    data.generation = *generation;

    auto info = read_card_info(card, data.generation->card_info.file);
    if (!info)
        return std::unexpected(info.error());
    data.card_expiry = info->expiry;
    data.card_information = std::move(info->record);
    // the last day itself still counts
    if (std::chrono::sys_days{today} > std::chrono::sys_days{data.card_expiry})
        return std::unexpected(name_other_medium(card, Reason::card_expired));

    if (const auto sign_in = read_sign_in_certificate(card, data); !sign_in)
        return std::unexpected(sign_in.error());
    if (with_pin && !data.sign_in_certificate.empty()) {
        if (const auto tries = read_pin_tries(card, data); !tries)
            return std::unexpected(tries.error());
    }

    const FileAddress& signer = data.generation->signer_certificate;
    const auto face_check = select_application(card, signer.application);
    if (!face_check)
        return std::unexpected(face_check.error());
    if (!*face_check)
        return std::unexpected(name_other_medium(card, Reason::not_my_number_card));
    if (const auto selected = select_file(card, signer.file); !selected)
        return std::unexpected(selected.error());
    auto certificate = read_object(card, 0x7F21, signer_limit);
    if (!certificate)
        return std::unexpected(certificate.error());
    data.signer_certificate = std::move(*certificate);

    const auto tries = read_tries_of_number(card, data.generation->access_number.file);
    if (!tries)
        return std::unexpected(tries.error());
    data.tries_left = *tries;
    return data;
}

} // namespace kaomon::card::mynumber
