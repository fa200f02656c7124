#include "drivers/base/toml_text.hpp"

namespace kaomon {

std::string toml_text(std::string_view text) {
    std::string quoted = "\"";
    for (const char one : text) {
        if (one == '"' || one == '\\')
            quoted += '\\';
        quoted += one;
    }
    return quoted + '"';
}

} // namespace kaomon
