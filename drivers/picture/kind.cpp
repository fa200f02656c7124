#include "drivers/picture/kind.hpp"

#include <algorithm>
#include <array>

namespace kaomon::picture {
namespace {

using namespace std::string_view_literals;

struct Row {
    std::string_view starts;
    std::size_t at; // of `starts` in the file
    std::string_view name;
};
constexpr std::array<Row, 19> table{{{"\xff\xd8\xff"sv, 0, "a JPEG file"},
                                     {"\x89PNG\r\n"sv, 0, "a PNG file"},
                                     {"GIF8"sv, 0, "a GIF file"},
                                     {"BM"sv, 0, "a BMP file"},
                                     {"WEBP"sv, 8, "a WebP file"},
                                     {"ftypavif"sv, 4, "an AVIF file"},
                                     {"ftyphei"sv, 4, "a HEIC file (as iPhones write it)"},
                                     {"ftyphev"sv, 4, "a HEIC file (as iPhones write it)"},
                                     {"ftypmif1"sv, 4, "a HEIF file"},
                                     {"ftyp"sv, 4, "a film (MP4)"},
                                     {"II*\0"sv, 0, "a TIFF or raw file"},
                                     {"MM\0*"sv, 0, "a TIFF or raw file"},
                                     {"\0\0\0\x0cjP  "sv, 0, "a JPEG 2000 file"},
                                     {"\xff\x4f\xff\x51"sv, 0, "a JPEG 2000 codestream"},
                                     {"\0\0\0\x0cJXL "sv, 0, "a JPEG XL file"},
                                     {"\xff\x0a"sv, 0, "a JPEG XL file"},
                                     {"%PDF"sv, 0, "a PDF file"},
                                     {"<svg"sv, 0, "an SVG file"},
                                     {"PK\x03\x04"sv, 0, "a ZIP or Office file"}}};

bool fits(ByteView file, const Row& row) noexcept {
    return file.size() >= row.at + row.starts.size() &&
           std::ranges::equal(file.subspan(row.at, row.starts.size()), row.starts,
                              [](std::uint8_t byte, char c) { return byte == static_cast<std::uint8_t>(c); });
}

} // namespace

std::string_view kind_of(ByteView file) noexcept {
    const auto found = std::ranges::find_if(table, [file](const Row& row) { return fits(file, row); });
    return found == table.end() ? "no picture of a known kind" : found->name;
}

bool is_jpeg(ByteView file) noexcept {
    return fits(file, table[0]);
}

} // namespace kaomon::picture
