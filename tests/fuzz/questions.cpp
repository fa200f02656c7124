// A vendor's questions: any bytes end in a list or a trouble.
#include "tools/clinic/procure/questions.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    (void)kaomon::procure::parse_questions(text, kaomon::procure::Kind::quote);
    return 0;
}
