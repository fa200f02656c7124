// Where something is wrong, out of the English detail that an engineer reads: what a Japanese sentence says
// of it.
#pragma once

#include <string>
#include <string_view>

namespace kaomon {

// "/etc/x.toml:5: must be …" as "（/etc/x.toml の5行目）", "line 3: …" as "（3行目）", "/dev/video0: …" as
// "（/dev/video0）"; empty where the detail names no place. Reentrant.
std::string place_in(std::string_view detail);

} // namespace kaomon
