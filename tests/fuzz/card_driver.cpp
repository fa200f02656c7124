// The whole driver over a card whose answers are the fuzzer's bytes: it must come to an end, with one VERIFY
// for each act at most.
#include "drivers/card/mynumber/guard.hpp"
#include "drivers/card/mynumber/photo_record.hpp"
#include "drivers/card/mynumber/sign_in.hpp"
#include "drivers/card/mynumber/sign_in_trust.hpp"
#include "drivers/card/mynumber/warning.hpp"

#include <algorithm>
#include <cstdlib>

using namespace kaomon;
using namespace kaomon::card::mynumber;
using namespace std::chrono_literals;

namespace {

// Each answer is two bytes of length (little endian, of which 12 bits count), then as many bytes; with bit 15
// the card is gone instead. Where the bytes end, it is gone too.
class FuzzCard : public card::CardTransaction {
  public:
    explicit FuzzCard(ByteView bytes) : bytes_(bytes) {}

    Result<SecretBytes> transmit(ByteView command) override {
        if (command.size() > 5 && command[1] == 0x20 && ++verifies > acts)
            std::abort();
        if (bytes_.size() < 2)
            return fail(Reason::card_removed);
        const std::size_t head = static_cast<std::size_t>(bytes_[0] | bytes_[1] << 8);
        bytes_ = bytes_.subspan(2);
        if ((head & 0x8000U) != 0)
            return fail(Reason::card_removed);
        const std::size_t size = std::min<std::size_t>(head & 0x0FFFU, bytes_.size());
        SecretBytes answer(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(size));
        bytes_ = bytes_.subspan(size);
        return answer;
    }
    ByteView atr() const noexcept override { return {}; }
    std::size_t read_block() const noexcept override { return 256; }

    int verifies = 0, acts = 0;

  private:
    ByteView bytes_;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    FuzzCard card(ByteView(data, size));
    const Date today = 2026y / 11 / 23;
    auto free_data = read_free_data(card, today);
    if (!free_data)
        return 0;
    const AccessParts parts{{}, SecretText("55"), SecretText("2285")};
    const auto number = assemble(parts, *free_data, today);
    Guard guard(6);
    card.acts = 1;
    const auto pin = Pin::read(SecretText("1234"));
    if (!guard.verify(card, *pin, ActId{7}))
        guard.verify(card, *pin, ActId{7});
    if (challenge_sign_in(card, free_data->sign_in_certificate) == Check::valid ||
        SignInTrust().check(free_data->sign_in_certificate, 1'795'000'000).check == Check::valid)
        std::abort(); // the fuzzer cannot sign
    (void)warnings_of(*free_data, today);
    if (!number)
        return 0;
    card.acts = 2;
    if (!guard.verify(card, *number, ActId{1}))
        guard.verify(card, *number, ActId{1}); // the same act again: at most one VERIFY all the same
    const auto record = read_photo_record(card, free_data->signer_certificate, TrustStore());
    if (!record)
        return 0;
    const auto genuineness = challenge_chip(card, *record);
    if (genuineness && (genuineness->signature == Check::valid || genuineness->chip == Check::valid))
        std::abort();
    return 0;
}
