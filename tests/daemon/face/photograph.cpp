#include "tests/daemon/face/photograph.hpp"

#include <turbojpeg.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace kaomon::face {

Image photograph(const std::string& name) {
    const std::filesystem::path file = std::string(KAOMON_SOURCE_DIR "/models/demo/") + name + ".jpg";
    if (!std::filesystem::exists(file))
        throw std::runtime_error("no demo photograph " + name + ": run tools/models/fetch --demo");
    return read_jpeg(file);
}

Image read_jpeg(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    const std::vector<char> jpeg((std::istreambuf_iterator<char>(file)), {});
    const auto* bytes = reinterpret_cast<const unsigned char*>(jpeg.data());
    const tjhandle decoder = tjInitDecompress();
    Image picture;
    int subsampling = 0, colours = 0;
    bool good = tjDecompressHeader3(decoder, bytes, jpeg.size(), &picture.width, &picture.height,
                                    &subsampling, &colours) == 0;
    if (good) {
        picture.channels = 3;
        picture.pixels.resize(picture.stride() * static_cast<std::size_t>(picture.height));
        good = tjDecompress2(decoder, bytes, jpeg.size(), picture.pixels.data(), picture.width, 0,
                             picture.height, TJPF_RGB, TJFLAG_ACCURATEDCT) == 0;
    }
    tjDestroy(decoder);
    if (!good)
        throw std::runtime_error(path.filename().string() + " is no JPEG file");
    return picture;
}

Image cut(const Image& from, double left, double top, double width, double height, int to_width,
          int to_height, int channels) {
    Image to{.width = to_width, .height = to_height, .channels = channels, .pixels = {}};
    to.pixels.resize(to.stride() * static_cast<std::size_t>(to_height));
    auto* out = to.pixels.data();
    // of each column of the source that is asked for, where its pixel lies in a row
    const auto column = [&](int x) { return static_cast<std::size_t>(std::clamp(x, 0, from.width - 1)) * 3; };
    const auto line = [&](int y) {
        return from.pixels.data() +
               static_cast<std::size_t>(std::clamp(y, 0, from.height - 1)) * from.stride();
    };
    for (int v = 0; v < to_height; ++v) {
        const int y0 = static_cast<int>(std::floor(top + v * height / to_height));
        const int y1 = std::max(y0 + 1, static_cast<int>(std::floor(top + (v + 1) * height / to_height)));
        for (int u = 0; u < to_width; ++u) {
            const int x0 = static_cast<int>(std::floor(left + u * width / to_width));
            const int x1 = std::max(x0 + 1, static_cast<int>(std::floor(left + (u + 1) * width / to_width)));
            int sum[3] = {};
            for (int y = y0; y < y1; ++y) {
                const std::uint8_t* const row = line(y);
                for (int x = x0; x < x1; ++x) {
                    const std::uint8_t* const pixel = row + column(x);
                    sum[0] += pixel[0];
                    sum[1] += pixel[1];
                    sum[2] += pixel[2];
                }
            }
            const int count = (x1 - x0) * (y1 - y0);
            if (channels == 3) {
                for (const int s : sum)
                    *out++ = static_cast<std::uint8_t>((s + count / 2) / count);
            } else { // BT.601
                *out++ = static_cast<std::uint8_t>(
                    (0.299 * sum[0] + 0.587 * sum[1] + 0.114 * sum[2]) / count + 0.5);
            }
        }
    }
    return to;
}

Image scaled(const Image& from, int to_width, int to_height) {
    return cut(from, 0, 0, from.width, from.height, to_width, to_height, 3);
}

Image blurred(const Image& from, int radius) {
    Image across = from;
    // one direction after the other: (x, y) -> (along, beside)
    const auto pass = [&](const Image& in, Image& out, bool horizontal) {
        const int n = horizontal ? in.width : in.height;
        const int lines = horizontal ? in.height : in.width;
        const auto at = [&](int i, int line, int c) {
            const int x = horizontal ? i : line;
            const int y = horizontal ? line : i;
            return static_cast<std::size_t>(y) * in.stride() + static_cast<std::size_t>(x * in.channels + c);
        };
        for (int line = 0; line < lines; ++line) {
            for (int i = 0; i < n; ++i) {
                for (int c = 0; c < in.channels; ++c) {
                    int sum = 0;
                    for (int k = i - radius; k <= i + radius; ++k)
                        sum += in.pixels[at(std::clamp(k, 0, n - 1), line, c)];
                    out.pixels[at(i, line, c)] = static_cast<std::uint8_t>(sum / (2 * radius + 1));
                }
            }
        }
    };
    pass(from, across, true);
    Image both = across;
    pass(across, both, false);
    return both;
}

} // namespace kaomon::face
