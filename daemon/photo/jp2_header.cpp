#include "daemon/photo/jp2_header.hpp"

#include "daemon/photo/codestream.hpp"
#include "daemon/photo/cursor.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace kaomon::photo {
namespace {

constexpr std::uint32_t type(const char (&name)[5]) {
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i)
        value = value << 8 | static_cast<unsigned char>(name[i]);
    return value;
}

constexpr std::array<std::uint8_t, 12> signature{0, 0, 0, 12, 'j', 'P', ' ', ' ', 0x0D, 0x0A, 0x87, 0x0A};

std::unexpected<Failure> refuse(const char* detail) {
    return fail(Reason::photo_malformed, detail);
}

struct Box {
    std::uint32_t type = 0;
    ByteView content;
};

// The next box, or nothing if it is cut off. A 64 bit length cannot be needed within 64 KiB and is not
// accepted.
std::optional<Box> next_box(Cursor& in) {
    const std::uint32_t length = in.u32();
    const std::uint32_t name = in.u32();
    if (in.failed() || (length != 0 && length < 8))
        return std::nullopt;
    const ByteView content = in.take(length == 0 ? in.left() : length - 8); // 0: the last box, up to the end
    if (in.failed())
        return std::nullopt;
    return Box{name, content};
}

Result<Raster> image_header(ByteView content) {
    Cursor in(content);
    const std::uint32_t height = in.u32(), width = in.u32();
    const int components = in.u16(), bits = in.u8(), compression = in.u8();
    in.u16(); // "colour space unknown" and "intellectual property": no influence on the pixels
    if (in.failed() || in.left() != 0)
        return refuse("image header has the wrong length");
    if (bits != 7 || compression != 7)
        return refuse("image header: not 8 bit unsigned JPEG 2000");
    if (width > max_side || height > max_side)
        return refuse("picture is larger than the limit");
    return Raster{static_cast<int>(width), static_cast<int>(height), components};
}

// Which number of components a colour box stands for; 0 for what we do not decode (sYCC, profiles for
// colour).
int colour_components(ByteView content) {
    Cursor in(content);
    const int method = in.u8();
    in.u16(); // precedence, approximation
    if (method == 2)
        return 1; // a restricted ICC profile is accepted for grey only: there it changes no geometry
    const std::uint32_t space = in.u32();
    if (in.failed() || method != 1)
        return 0;
    return space == 17 ? 1 : space == 16 ? 3 : 0; // EnumCS of table I.10: greyscale, sRGB
}

Result<Raster> header_box(ByteView content) {
    Cursor in(content);
    std::optional<Raster> raster;
    std::optional<int> colours; // of the first colour box: readers ignore the others
    while (in.left() > 0) {
        const auto box = next_box(in);
        if (!box)
            return refuse("a box within the header is cut off");
        if (!raster && box->type != type("ihdr"))
            return refuse("header does not begin with the image header");
        if (box->type == type("ihdr")) {
            if (raster)
                return refuse("two image headers");
            const auto read = image_header(box->content);
            if (!read)
                return read;
            raster = *read;
        } else if (box->type == type("colr")) {
            if (!colours)
                colours = colour_components(box->content);
        } else if (box->type == type("pclr") || box->type == type("cmap") || box->type == type("bpcc")) {
            return refuse("palette or mixed bit depths");
        }
    }
    if (!raster || !colours)
        return refuse("no image header or no colour box");
    if (*colours != raster->channels)
        return refuse("neither grey nor sRGB");
    return *raster;
}

} // namespace

Result<Raster> read_jp2_header(ByteView jp2) {
    if (jp2.size() > max_photo_bytes)
        return refuse("file is larger than the limit");
    if (jp2.size() < signature.size() || !std::ranges::equal(jp2.first(signature.size()), signature))
        return refuse("not a JP2 file");
    Cursor in(jp2.subspan(signature.size()));
    std::optional<Raster> promised;
    bool file_type = false;
    while (in.left() > 0) {
        const auto box = next_box(in);
        if (!box)
            return refuse("a box is cut off");
        if (!file_type && box->type != type("ftyp"))
            return refuse("no file type box");
        file_type = true;
        if (box->type == type("jp2h")) {
            if (promised)
                return refuse("two header boxes");
            const auto header = header_box(box->content);
            if (!header)
                return header;
            promised = *header;
        } else if (box->type == type("jp2c")) {
            if (!promised)
                return refuse("codestream before the header box");
            const auto raster = read_codestream(box->content);
            if (raster && *raster != *promised)
                return refuse("header box and codestream disagree");
            return raster; // what follows is metadata
        }
    }
    return refuse("no codestream");
}

} // namespace kaomon::photo
