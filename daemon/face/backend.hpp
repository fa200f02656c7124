// What computes the networks of the face.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace kaomon::face {

// own_*: daemon/face/engine, the fast path of CPUs with AVX2 and FMA (others fall back to OpenCV): in 32-bit
// floats, or with 16-bit integers where they do no harm. opencv: OpenCV DNN, every CPU and the oracle of the
// tests. All read the same file. own_fp32 and opencv agree to 1e-4; templates of own_int16 have a cosine of
// at least 0.9995 to theirs, and the same error rates (decision 0027).
enum class Backend : std::uint8_t { own_int16, own_fp32, opencv };

// The words of configuration and command line, in the order of the enumeration.
inline constexpr std::array<std::string_view, 3> backend_words{"int16", "fp32", "opencv"};

constexpr std::string_view word(Backend backend) noexcept {
    return backend_words[static_cast<std::size_t>(backend)];
}
// The first for a word that is none: who takes words from people checks them before.
constexpr Backend backend_of(std::string_view word) noexcept {
    const auto* found = std::ranges::find(backend_words, word);
    return found == backend_words.end() ? Backend::own_int16
                                        : static_cast<Backend>(found - backend_words.begin());
}

} // namespace kaomon::face
