// What the gateway's peers may be called, in the configuration, in the record and in SpeakFor.
#pragma once

#include <string_view>

namespace kaomon {

// 1 to 64 bytes of plain UTF-8 (utf8.hpp) without colon, comma and slash, by which lists of the configuration
// and of the record are taken apart. Reentrant.
bool is_peer_name(std::string_view name) noexcept;

} // namespace kaomon
