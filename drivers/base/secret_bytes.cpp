#include "drivers/base/secret.hpp"

template class std::vector<std::uint8_t, kaomon::SecretAllocator<std::uint8_t>>;
