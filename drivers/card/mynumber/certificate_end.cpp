#include "drivers/card/mynumber/certificate_end.hpp"

#include <openssl/err.h>
#include <openssl/x509.h>

#include <ctime>
#include <memory>

namespace kaomon::card::mynumber {
namespace {

struct FreeX509 {
    void operator()(X509* certificate) const noexcept { X509_free(certificate); }
};

} // namespace

std::optional<Date> certificate_end(ByteView der) {
    const unsigned char* at = der.data();
    const std::unique_ptr<X509, FreeX509> certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    ERR_clear_error(); // parse errors must not show up at the next user of this thread's queue
    if (!certificate)
        return std::nullopt;
    std::tm end{};
    if (ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &end) != 1)
        return std::nullopt;
    const auto utc = std::chrono::sys_days{std::chrono::year{end.tm_year + 1900} /
                                           std::chrono::month{static_cast<unsigned>(end.tm_mon + 1)} /
                                           std::chrono::day{static_cast<unsigned>(end.tm_mday)}} +
                     std::chrono::hours{end.tm_hour} + std::chrono::minutes{end.tm_min};
    return Date{std::chrono::floor<std::chrono::days>(utc + std::chrono::hours{9})};
}

} // namespace kaomon::card::mynumber
