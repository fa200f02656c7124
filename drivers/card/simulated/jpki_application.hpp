// 公的個人認証AP: the holder's certificates, keys and PINs (drivers/card/SPEC.md §9).
#pragma once

#include "drivers/card/simulated/issuer.hpp"

namespace kaomon::card::simulated {

struct JpkiApplication {
    Application application;
    std::string root; // PEM: the authority of the sign-in certificate
};

// The sign-in certificate is good for five years and never longer than the card. Reason: internal_error.
Result<JpkiApplication> make_jpki_application(const Holder& holder, const std::string& serial, Date today,
                                              const CardOptions& options, KeyMaker& maker);

// EF 0006, whose first 32 bytes tell the kind of medium (PKCS#11 CK_TOKEN_INFO, filled with blanks).
File token_info(std::string_view label);

} // namespace kaomon::card::simulated
