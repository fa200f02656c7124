#include "tools/simcard/commands.hpp"

#include <iostream>

namespace kaomon::tools::simcard {

int complain(const std::string& what) {
    std::cerr << "kaomon-simcard: " << what << "\n";
    return 1;
}

} // namespace kaomon::tools::simcard
