// The records of --resume: any bytes end in samples that are written again as they were read.
#include "tools/evaluate/template_file.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto taken =
        kaomon::evaluate::read_records({data, size}, [](std::string image, kaomon::evaluate::Sample sample) {
            if (image.size() != 64 || kaomon::evaluate::write_record(image, sample).empty())
                std::abort();
        });
    if (taken > size)
        std::abort();
    return 0;
}
