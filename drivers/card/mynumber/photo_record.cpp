#include "drivers/card/mynumber/photo_record.hpp"

#include "drivers/card/mynumber/application.hpp"
#include "drivers/card/mynumber/file.hpp"
#include "drivers/card/mynumber/signed_record.hpp"

namespace kaomon::card::mynumber {
namespace {

constexpr FileId photo_record_file = 0x0002; // 券面AP, opened by verification number B
constexpr std::size_t bytes_before = 2;      // that some cards put before the record (card.md 1.4)

} // namespace

Result<PhotoRecord> read_photo_record(CardTransaction& card, ByteView signer_certificate,
                                      const TrustStore& trust) {
    if (const auto selected = select_file(card, photo_record_file); !selected) {
        return std::unexpected(selected.error());
    }
    const auto bytes = read_object(card, 0xFF20, largest_offset, bytes_before);
    if (!bytes)
        return std::unexpected(bytes.error());
    const auto record = SignedRecord::read(*bytes);
    if (!record)
        return std::unexpected(record.error());
    return check_record(*record, signer_certificate, trust);
}

} // namespace kaomon::card::mynumber
