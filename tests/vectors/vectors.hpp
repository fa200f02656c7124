// Test vectors that nobody here wrote: Wycheproof, the JOSE cookbook, OpenJPEG's own test data. They stand
// beside the checkout (../shared/vectors) and are no part of it.
#pragma once

#include "drivers/base/bytes.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <filesystem>
#include <string>

namespace kaomon::vectors {

std::filesystem::path folder(); // it may not be there

boost::json::object read(const std::string& file);
Bytes bytes_of(const boost::json::value& hexadecimal);

} // namespace kaomon::vectors

// First line of each test: what is not tested is said.
#define SKIP_WITHOUT_VECTORS()                                                                               \
    do {                                                                                                     \
        if (!std::filesystem::exists(kaomon::vectors::folder()))                                             \
            GTEST_SKIP() << kaomon::vectors::folder() << " is not there: no vector was tried";               \
    } while (false)
