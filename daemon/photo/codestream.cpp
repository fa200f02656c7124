#include "daemon/photo/codestream.hpp"

#include "daemon/photo/cursor.hpp"

#include <algorithm>

namespace kaomon::photo {
namespace {

// Marker codes of ISO/IEC 15444-1 table A.2.
enum Marker : std::uint16_t {
    soc = 0xFF4F,
    siz = 0xFF51,
    cod = 0xFF52,
    coc = 0xFF53,
    tlm = 0xFF55,
    plm = 0xFF57,
    plt = 0xFF58,
    qcd = 0xFF5C,
    qcc = 0xFF5D,
    rgn = 0xFF5E,
    crg = 0xFF63,
    com = 0xFF64,
    sot = 0xFF90,
    sod = 0xFF93,
    eoc = 0xFFD9,
};

// Beyond any photograph, and small enough that the decoder's bookkeeping stays a few megabytes.
constexpr int max_levels = 10; // 2^10 is the longest side
constexpr int max_layers = 64;
constexpr int max_tile_parts = 64;
constexpr std::uint32_t max_precincts = 4096; // per component

// The walk itself: a class only to carry what one marker tells about the next.
class Walk {
  public:
    explicit Walk(ByteView bytes) : whole_(bytes), cursor_(bytes) {}

    Result<Raster> run() {
        if (cursor_.u16() != soc || cursor_.u16() != siz)
            return refuse("codestream does not begin with SOC and SIZ");
        if (auto read = size(segment()); !read)
            return std::unexpected(read.error());
        bool coding_style = false;
        std::uint16_t marker = cursor_.u16();
        for (; marker != sot; marker = cursor_.u16()) {
            coding_style = coding_style || marker == cod;
            if (auto read = header_segment(marker, true); !read)
                return std::unexpected(read.error());
        }
        if (!coding_style)
            return refuse("no coding style in the main header");
        for (int parts = 0; marker == sot; ++parts) {
            if (parts == max_tile_parts)
                return refuse("too many tile-parts");
            if (auto read = tile_part(); !read)
                return std::unexpected(read.error());
            marker = cursor_.u16();
        }
        if (cursor_.failed() || marker != eoc)
            return refuse("tile-parts do not end in the end marker");
        return raster_;
    }

  private:
    static std::unexpected<Failure> refuse(const char* detail) {
        return fail(Reason::photo_malformed, detail);
    }

    // The body of a marker segment: its length counts itself.
    ByteView segment() {
        const std::uint16_t length = cursor_.u16();
        return cursor_.take(length < 2 ? whole_.size() + 1 : length - 2U);
    }

    Result<void> size(ByteView body) {
        Cursor in(body);
        in.u16(); // capabilities: of Part 1 or a profile of it, nothing we rely on
        const std::uint32_t width = in.u32(), height = in.u32();
        const bool at_origin = in.u32() == 0 && in.u32() == 0;
        const std::uint32_t tile_width = in.u32(), tile_height = in.u32();
        const bool tile_at_origin = in.u32() == 0 && in.u32() == 0;
        const int components = in.u16();
        if (in.failed())
            return refuse("SIZ is too short");
        if (width == 0 || height == 0 || width > max_side || height > max_side)
            return refuse("picture is empty or larger than the limit");
        if (!at_origin || !tile_at_origin || tile_width < width || tile_height < height)
            return refuse("not one tile from the origin");
        if (components != 1 && components != 3)
            return refuse("neither grey nor RGB");
        for (int i = 0; i < components; ++i) {
            if (in.u8() != 7)
                return refuse("not 8 bit unsigned");
            if (in.u8() != 1 || in.u8() != 1)
                return refuse("subsampled component");
        }
        if (in.failed() || in.left() != 0)
            return refuse("SIZ has the wrong length");
        raster_ = {static_cast<int>(width), static_cast<int>(height), components};
        return {};
    }

    // SPcod and SPcoc of tables A.15 and A.20: a tile-part may override the main header, so every one is
    // checked.
    Result<void> block_style(Cursor& in, bool own_precincts) {
        const int levels = in.u8();
        const int block_width = in.u8(), block_height = in.u8(); // exponents less 2
        const int style = in.u8(), transform = in.u8();
        if (levels > max_levels)
            return refuse("too many wavelet levels");
        if (block_width > 8 || block_height > 8 || block_width + block_height > 8)
            return refuse("code-block size out of range");
        if (style > 63 || transform > 1)
            return refuse("unknown block style or transform");
        std::uint32_t precincts = 0;
        for (int level = 0; own_precincts && level <= levels; ++level) {
            const int exponents = in.u8();
            const int across = exponents & 15, down = exponents >> 4;
            if (level > 0 && (across == 0 || down == 0))
                return refuse("precinct size out of range");
            precincts +=
                pieces(raster_.width, levels - level, across) * pieces(raster_.height, levels - level, down);
        }
        if (precincts > max_precincts)
            return refuse("too many precincts");
        if (in.failed() || in.left() != 0)
            return refuse("coding style has the wrong length");
        return {};
    }

    // Into how many precincts of 2^exponent a side falls when it is halved `halvings` times.
    static std::uint32_t pieces(int side, int halvings, int exponent) {
        const auto up = [](std::uint32_t n, int bits) { return (n + (1U << bits) - 1) >> bits; };
        return up(up(static_cast<std::uint32_t>(side), halvings), exponent);
    }

    Result<void> header_segment(std::uint16_t marker, bool main_header) {
        const ByteView body = segment();
        if (cursor_.failed())
            return refuse("truncated in a header");
        Cursor in(body);
        switch (marker) {
        case cod: {
            const int scod = in.u8(), progression = in.u8(), layers = in.u16(), transform = in.u8();
            if (scod > 7 || progression > 4 || transform > 1 || (transform == 1 && raster_.channels != 3))
                return refuse("unknown coding style");
            if (layers < 1 || layers > max_layers)
                return refuse("too many layers");
            return block_style(in, (scod & 1) != 0);
        }
        case coc: {
            const int component = in.u8(), scoc = in.u8();
            if (component >= raster_.channels || scoc > 1)
                return refuse("unknown coding style");
            return block_style(in, scoc == 1);
        }
        case qcd:
        case qcc:
        case rgn:
        case com:
            return {};
        case tlm:
        case plm:
        case crg:
            if (main_header)
                return {};
            break;
        case plt:
            if (!main_header)
                return {};
            break;
        default:
            break; // POC, PPM, PPT and extensions: no photograph needs them
        }
        return refuse("a marker that does not belong here");
    }

    Result<void> tile_part() {
        const std::size_t start =
            whole_.size() - cursor_.left() - 2; // of the SOT marker: Psot counts from there
        Cursor in(segment());
        const int tile = in.u16();
        const std::uint32_t declared = in.u32();
        in.u16(); // number of this tile-part and of all: the decoder's to check
        if (in.failed() || in.left() != 0)
            return refuse("SOT has the wrong length");
        if (tile != 0)
            return refuse("more than one tile");
        for (std::uint16_t marker = cursor_.u16(); marker != sod; marker = cursor_.u16())
            if (auto read = header_segment(marker, false); !read)
                return read;
        const std::size_t read = whole_.size() - cursor_.left() - start;
        // 0 means: up to the end marker, which is the last two bytes
        const std::size_t length = declared != 0 ? declared : whole_.size() - start - 2;
        if (cursor_.failed() || length < read)
            return refuse("tile-part is shorter than its header");
        cursor_.take(length - read);
        if (cursor_.failed())
            return refuse("tile-part is truncated");
        return {};
    }

    ByteView whole_;
    Cursor cursor_;
    Raster raster_;
};

} // namespace

Result<Raster> read_codestream(ByteView codestream) {
    return Walk(codestream).run();
}

} // namespace kaomon::photo
