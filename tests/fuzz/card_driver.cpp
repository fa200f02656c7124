// The whole driver over a card whose answers are the fuzzer's bytes: it must come to an end, with one VERIFY
// for each act at most.
#include "tests/fuzz/card_visit.hpp"

#include <algorithm>
#include <cstdlib>

using namespace kaomon;
using namespace kaomon::card::mynumber;

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
    const auto visit = fuzz::whole_visit(card, TrustStore(), SignInTrust(), [&card] { ++card.acts; });
    // The fuzzer cannot sign, and nobody is trusted here.
    if (visit.chain == Check::valid || visit.signs == Check::valid || visit.attributes ||
        visit.genuineness.signature == Check::valid || visit.genuineness.chip == Check::valid)
        std::abort();
    return 0;
}
