// For what a benchmark cannot go on without.
#pragma once

#include "drivers/base/result.hpp"

#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

namespace kaomon::bench {

// The value, or std::runtime_error with reason and detail.
template<class T>
T must(Result<T> result) {
    if (!result)
        throw std::runtime_error(std::string(word(result.error().reason)) + ": " + result.error().detail);
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

} // namespace kaomon::bench
