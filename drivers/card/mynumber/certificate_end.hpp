// The last day of an X.509 certificate.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/clock.hpp"

#include <optional>

namespace kaomon::card::mynumber {

// notAfter as a day in Japan (UTC+9: these certificates end at 23:59:59 there). Empty where the bytes are no
// certificate. Reentrant.
std::optional<Date> certificate_end(ByteView der);

} // namespace kaomon::card::mynumber
