#include "drivers/card/pcsc/reader_name.hpp"

namespace kaomon::card::pcsc {

bool name_fits(std::string_view name, std::string_view pattern) noexcept {
    while (true) {
        const std::size_t star = pattern.find('*');
        const std::string_view part = pattern.substr(0, star);
        const std::size_t at = name.find(part);
        if (at == std::string_view::npos)
            return false;
        if (star == std::string_view::npos)
            return true;
        name.remove_prefix(at + part.size());
        pattern.remove_prefix(star + 1);
    }
}

} // namespace kaomon::card::pcsc
