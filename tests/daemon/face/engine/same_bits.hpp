// Numbers that are the same to the last bit.
#pragma once

#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <span>

namespace kaomon::face::engine {

inline testing::AssertionResult same_bits(std::span<const float> a, std::span<const float> b) {
    if (a.size() != b.size())
        return testing::AssertionFailure() << a.size() << " numbers and " << b.size();
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (std::bit_cast<std::uint32_t>(a[i]) != std::bit_cast<std::uint32_t>(b[i]))
            return testing::AssertionFailure()
                   << a[i] << " and " << b[i] << " at " << i << " of " << a.size();
    }
    return testing::AssertionSuccess();
}

} // namespace kaomon::face::engine
