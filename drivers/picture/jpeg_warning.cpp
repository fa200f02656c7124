#include "drivers/picture/jpeg_warning.hpp"

#include "drivers/picture/libjpeg.hpp"

#include <algorithm>
#include <array>

namespace kaomon::picture {
namespace {

struct Row {
    int code;
    JpegWarning meaning;
};

// Every warning of jerror.h (libjpeg-turbo 2.1); a test reads that list and misses none here.
constexpr std::array<Row, 12> table{{
    // 3 components with an unknown transform: taken for YCbCr, which every camera means
    {JWRN_ADOBE_XFORM, JpegWarning::harmless},
    // coefficients were guessed
    {JWRN_ARITH_BAD_CODE, JpegWarning::damage},
    // the colour profile is not used
    {JWRN_BOGUS_ICC, JpegWarning::harmless},
    // progressive scans in an order that leaves coefficients out
    {JWRN_BOGUS_PROGRESSION, JpegWarning::damage},
    // bytes between two markers that no block needed
    {JWRN_EXTRANEOUS_DATA, JpegWarning::stray},
    // a marker came before the last block of its interval: the rest of the blocks are invented
    {JWRN_HIT_MARKER, JpegWarning::damage},
    // no such code: the block and what follows it are invented
    {JWRN_HUFF_BAD_CODE, JpegWarning::damage},
    // only the density and a thumbnail could mean something else
    {JWRN_JFIF_MAJOR, JpegWarning::harmless},
    // no end marker. Blocks that are missing too are told by JWRN_HIT_MARKER
    {JWRN_JPEG_EOF, JpegWarning::stray},
    // another restart marker than the next one: intervals are missing or in another order
    {JWRN_MUST_RESYNC, JpegWarning::damage},
    // spectral selection of a sequential scan: the decoder takes the only values there are
    {JWRN_NOT_SEQUENTIAL, JpegWarning::harmless},
    // of the encoder, and of a caller that asks for rows behind the last
    {JWRN_TOO_MUCH_DATA, JpegWarning::damage},
}};

} // namespace

JpegWarning meaning_of_jpeg_warning(int code) noexcept {
    const auto found = std::ranges::find(table, code, &Row::code);
    return found == table.end() ? JpegWarning::damage : found->meaning;
}

} // namespace kaomon::picture
