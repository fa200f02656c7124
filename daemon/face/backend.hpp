// What computes the networks of the face.
#pragma once

#include "proto/words.hpp"

#include <cstdint>

namespace kaomon::face {

// own_*: daemon/face/engine, the fast path of CPUs with AVX2 and FMA (others fall back to OpenCV): in 32-bit
// floats, or with 16-bit integers where they do no harm. opencv: OpenCV DNN, every CPU and the oracle of the
// tests. All read the same file. own_fp32 and opencv agree to 1e-4; templates of own_int16 have a cosine of
// at least 0.9995 to theirs, and the same error rates (decision 0027).
enum class Backend : std::uint8_t { own_int16, own_fp32, opencv };

consteval auto words_of(Backend) {
    return in_words("int16", "fp32", "opencv");
}

} // namespace kaomon::face
