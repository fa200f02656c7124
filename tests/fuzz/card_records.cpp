// What stands in a card's files: photo record, signer's certificate, public key, sign-in certificate.
#include "drivers/card/mynumber/certificate_end.hpp"
#include "drivers/card/mynumber/signed_record.hpp"
#include "drivers/card/mynumber/signer_certificate.hpp"

#include <cstdlib>

using namespace kaomon;
using namespace kaomon::card::mynumber;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    // the first byte says where the certificate ends and the record begins, in 16ths
    const std::size_t cut = (size - 1) * (data[0] & 15U) / 15;
    const ByteView certificate(data + 1, cut);
    const ByteView record(data + 1 + cut, size - 1 - cut);
    hierarchy_named_by(certificate);
    certificate_end(record);
    if (const auto parsed = SignedRecord::read(record)) {
        const PhotoRecord checked = check_record(*parsed, certificate, TrustStore());
        if (checked.signature == Check::valid || checked.photo.empty())
            std::abort(); // nobody is trusted here
        if (const auto key = RsaKey::read(checked.chip_key))
            key->verifies(parsed->signature, record);
    }
    return 0;
}
