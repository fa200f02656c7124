// What a card would hold of a demo photograph. Both throw std::runtime_error where the photograph is missing
// (tools/models/fetch --demo).
#pragma once

#include "drivers/base/image.hpp"
#include "drivers/base/secret.hpp"

namespace kaomon::bench {

// 240 x 300 grey; `name`: of a file in models/demo.
Image portrait(const char* name);
// The same as 7,000 bytes of JPEG 2000.
SecretBytes card_photograph(const char* name);

} // namespace kaomon::bench
