#include "tests/component/stills.hpp"

#include "drivers/camera/jpeg.hpp"
#include "tests/drivers/camera/picture.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace kaomon::test {
namespace {

constexpr int quality = 92;

Image read(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    const Bytes jpeg{std::istreambuf_iterator<char>(stream), {}};
    Image picture = camera::decode_jpeg(jpeg, 4096);
    if (picture.empty())
        throw std::runtime_error(file.string() + " cannot be read");
    return picture;
}

void write(const Image& picture, const std::filesystem::path& file) {
    const SecretBytes jpeg = camera::encode_jpeg(picture, quality);
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(jpeg.data()), static_cast<std::streamsize>(jpeg.size()));
}

} // namespace

void write_pair(const std::filesystem::path& portrait, const std::filesystem::path& out) {
    const Image one = read(portrait);
    // As wide for its height as a frame: of anything wider the camera would show neither face whole.
    Image both{.width = 2 * one.width,
               .height = std::min(2 * one.width * 3 / 4, one.height),
               .channels = 3,
               .pixels = {}};
    for (int y = 0; y < both.height; ++y) {
        const auto row = one.pixels.begin() + static_cast<std::ptrdiff_t>(one.stride()) * y;
        for (int twice = 0; twice < 2; ++twice)
            both.pixels.insert(both.pixels.end(), row, row + static_cast<std::ptrdiff_t>(one.stride()));
    }
    write(both, out);
}

void write_wall(const std::filesystem::path& out) {
    write(camera::test_picture(640, 480), out);
}

} // namespace kaomon::test
