// A simulated card for tests, and the few things tests do with it.
#pragma once

#include "drivers/card/apdu.hpp"
#include "drivers/card/simulated/card.hpp"
#include "drivers/card/simulated/issuer.hpp"

#include <filesystem>
#include <string_view>

namespace kaomon::card::simulated {

struct SampleCard {
    Authority authority;
    Holder holder; // complete
    IssuedCard issued;
};

inline constexpr Date sample_today{std::chrono::year(2026), std::chrono::November, std::chrono::day(23)};

// Issued once a process and for each way of issuing. Aborts when it cannot be.
const SampleCard& sample_card(CardOptions options = {});

// An egg of a face before a slope of grey: a photograph that shows nobody.
Bytes sample_jpeg(int width, int height);
Image sample_portrait();

// "00A4040C0A..." as bytes; anything but hexadecimal digits is passed over.
Bytes hex(std::string_view digits);
// One command to a card, the answer split.
Response send(Card& card, std::string_view command);
Response send(Card& card, Command command);
void select_application(Card& card, std::string_view name);
Response select_file(Card& card, std::uint16_t id);
Response verify(Card& card, std::uint16_t id, std::string_view value); // selects the secret first
SecretBytes read_whole(Card& card, std::uint16_t id);                  // selects the file first

// SHA-256 and its DigestInfo (51 bytes), apart from the table that card and driver share.
using Sha256 = std::array<std::uint8_t, 32>;
Sha256 sha256(ByteView bytes);
Bytes digest_info(const Sha256& hash);

// What PKCS#1 v1.5 padding of type 1 encloses in that signature; empty where there is none.
Bytes recover(ByteView modulus, ByteView signature);

// A folder of its own that goes with it.
struct TemporaryFolder {
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    std::filesystem::path path;
};

} // namespace kaomon::card::simulated
