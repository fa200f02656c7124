#include "daemon/liveness/sampling.hpp"

#include "daemon/liveness/four.hpp"

#include <bit>
#include <cmath>

namespace kaomon::liveness {
namespace {

static_assert(FaceCrop::width % lanes == 0 && std::endian::native == std::endian::little);

constexpr float coarse_from = 1.6F;

template<int channels>
class Green {
  public:
    explicit Green(const Image& picture)
        : first_(picture.pixels.data() + (channels == 3 ? 1 : 0)),
          stride_(static_cast<std::int32_t>(picture.stride())),
          last_x_(static_cast<float>(picture.width - 1) - 0.01F),
          last_y_(static_cast<float>(picture.height - 1) - 0.01F) {}

    Four at(Four x, Four y) const {
        x = clamped(x, 0, last_x_);
        y = clamped(y, 0, last_y_);
        const FourWhole column = whole(x), row = whole(y);
        const Four right = x - number(column), lower = y - number(row);
        const FourWhole at = row * stride_ + column * channels;
        const FourWhole upper = pairs(at), below = pairs(at + stride_);
        const Four a = left_of(upper), b = right_of(upper), c = left_of(below), d = right_of(below);
        const Four top = a + right * (b - a);
        return top + lower * (c + right * (d - c) - top);
    }

  private:
    // A pixel and the one to its right, in the lowest and the highest byte of so many.
    FourWhole pairs(FourWhole at) const {
        FourWhole all{};
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            std::int32_t bytes = 0;
            std::memcpy(&bytes, first_ + at[lane], channels + 1);
            all[lane] = bytes;
        }
        return all;
    }
    static Four left_of(FourWhole pairs) { return number(pairs & 0xFF); }
    static Four right_of(FourWhole pairs) { return number(pairs >> 8 * channels & 0xFF); }

    const std::uint8_t* first_;
    std::int32_t stride_;
    float last_x_, last_y_;
};

template<int channels>
void sample_green(const Green<channels>& green, const Placement& place, float* levels) {
    const bool coarse = place.coarse();
    const float a = place.a / 4, b = place.b / 4; // a quarter of a pixel of the crop
    for (int row = 0; row < FaceCrop::height; ++row) {
        const auto v = static_cast<float>(row);
        for (int column = 0; column < FaceCrop::width; column += int{lanes}, levels += lanes) {
            const Four u = static_cast<float>(column) + Four{0, 1, 2, 3};
            const Four x = place.a * u - place.b * v + place.x0, y = place.b * u + place.a * v + place.y0;
            const Four four = coarse ? (green.at(x - a + b, y - b - a) + green.at(x + a + b, y + b - a) +
                                        green.at(x - a - b, y - b + a) + green.at(x + a - b, y + b + a)) /
                                           4
                                     : green.at(x, y);
            std::memcpy(levels, &four, sizeof four);
        }
    }
}

} // namespace

bool Placement::coarse() const {
    return std::hypot(a, b) > coarse_from;
}

void sample_by_four(const Image& picture, const Placement& place, float* levels) {
    if (picture.channels == 3)
        sample_green(Green<3>(picture), place, levels);
    else
        sample_green(Green<1>(picture), place, levels);
}

Grey sample(const Image& picture, const Placement& place) {
    static const bool wide = eight_at_once();
    Grey grey{FaceCrop::width, FaceCrop::height, {}};
    grey.levels.resize(std::size_t{FaceCrop::width} * FaceCrop::height);
    // A grey picture's last pixels have no four bytes behind them.
    (wide && picture.channels == 3 ? sample_by_eight : sample_by_four)(picture, place, grey.levels.data());
    return grey;
}

} // namespace kaomon::liveness
