#include "drivers/card/mynumber/certificate_end.hpp"

#include "drivers/card/mynumber/x509.hpp"

#include <ctime>

namespace kaomon::card::mynumber {

std::optional<Date> certificate_end(ByteView der) {
    const X509Handle certificate = read_x509(der);
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
