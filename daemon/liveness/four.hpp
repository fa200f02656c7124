// Four numbers at once, as every x86-64 can: for what is done to each pixel of a face.
#pragma once

#include "daemon/liveness/face_crop.hpp"

#include <cstdint>
#include <cstring>

namespace kaomon::liveness {

inline constexpr std::size_t lanes = 4;
using Four [[gnu::vector_size(16)]] = float;
using FourWhole [[gnu::vector_size(16)]] = std::int32_t;

inline Four load_four(const float* from) noexcept {
    Four four;
    std::memcpy(&four, from, sizeof four);
    return four;
}
inline float sum_of(Four four) noexcept {
    return (four[0] + four[1]) + (four[2] + four[3]);
}
inline Four absolute(Four four) noexcept {
    return four < 0 ? -four : four;
}
// Of what is no number: the least.
inline Four clamped(Four four, float least, float most) noexcept {
    four = four >= least ? four : Four{} + least;
    return four <= most ? four : Four{} + most;
}
inline FourWhole whole(Four four) noexcept { // towards zero
    return __builtin_convertvector(four, FourWhole);
}
inline Four number(FourWhole four) noexcept {
    return __builtin_convertvector(four, Four);
}

// Grey::between() of four places.
inline Four between(const Grey& grey, Four x, Four y) noexcept {
    x = clamped(x, 0, static_cast<float>(grey.width - 1));
    y = clamped(y, 0, static_cast<float>(grey.height - 1));
    const FourWhole last_column = FourWhole{} + (grey.width - 2), last_row = FourWhole{} + (grey.height - 2);
    FourWhole column = whole(x), row = whole(y);
    column = column < last_column ? column : last_column;
    row = row < last_row ? row : last_row;
    const FourWhole at = row * grey.width + column;
    Four a{}, b{}, c{}, d{};
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        const float* upper = grey.levels.data() + at[lane];
        const float* below = upper + grey.width;
        a[lane] = upper[0], b[lane] = upper[1], c[lane] = below[0], d[lane] = below[1];
    }
    const Four right = x - number(column), lower = y - number(row);
    const Four top = a + right * (b - a), bottom = c + right * (d - c);
    return top + lower * (bottom - top);
}

} // namespace kaomon::liveness
