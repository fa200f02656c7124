#include "drivers/picture/picture.hpp"

#include "drivers/picture/jpeg_warning.hpp"
#include "drivers/picture/kind.hpp"
#include "drivers/picture/libjpeg.hpp"
#include "drivers/picture/orientation.hpp"

#include <algorithm>
#include <csetjmp>
#include <fstream>

namespace kaomon::picture {
namespace {

constexpr int most_scans = 500; // of a progressive file; more only cost time (libjpeg-turbo's own limit)
constexpr std::size_t longest_segment = 65535;

struct Decoder {
    jpeg_decompress_struct codec;
    jpeg_error_mgr errors;
    jpeg_progress_mgr progress;
    std::jmp_buf out;
    int flaw; // libjpeg's message code; 0: too many scans
};

Decoder& decoder_of(j_common_ptr codec) {
    return *static_cast<Decoder*>(codec->client_data);
}

[[noreturn]] void leave(j_common_ptr codec) {
    decoder_of(codec).flaw = codec->err->msg_code;
    std::longjmp(decoder_of(codec).out, 1); // NOLINT(cert-err52-cpp): libjpeg is C and ends in no other way
}

void judge(j_common_ptr codec, int level) {
    if (level >= 0)
        return; // a trace, no warning
    const int code = codec->err->msg_code;
    // Where every scan adds to the same pixels, an early end leaves none out and blurs all of them.
    const bool cut =
        code == JWRN_JPEG_EOF && jpeg_has_multiple_scans(reinterpret_cast<j_decompress_ptr>(codec)) == TRUE;
    if (cut || meaning_of_jpeg_warning(code) == JpegWarning::damage)
        leave(codec);
}

void count_scans(j_common_ptr codec) {
    if (reinterpret_cast<j_decompress_ptr>(codec)->input_scan_number <= most_scans)
        return;
    codec->err->msg_code = 0;
    leave(codec);
}

// Sides and components are known, no pixel yet. False: libjpeg has given up.
bool read_head(Decoder& decoder, ByteView file) {
    jpeg_decompress_struct& codec = decoder.codec;
    if (setjmp(decoder.out) != 0) // NOLINT(cert-err52-cpp)
        return false;
    jpeg_create_decompress(&codec);
    codec.progress = &decoder.progress;
    decoder.progress.progress_monitor = count_scans;
    jpeg_mem_src(&codec, file.data(), file.size());
    jpeg_save_markers(&codec, JPEG_APP0 + 1, longest_segment);
    jpeg_read_header(&codec, TRUE);
    return true;
}

// `rows` holds all of them.
bool read_rows(Decoder& decoder, std::uint8_t* rows, std::size_t stride) {
    jpeg_decompress_struct& codec = decoder.codec;
    if (setjmp(decoder.out) != 0) // NOLINT(cert-err52-cpp)
        return false;
    jpeg_start_decompress(&codec);
    while (codec.output_scanline < codec.output_height) {
        JSAMPROW row = rows + stride * codec.output_scanline;
        jpeg_read_scanlines(&codec, &row, 1);
    }
    return true; // what lies behind the last row does not change the picture
}

std::string flaw_of(int code) {
    switch (code) {
    case 0:
        return "a JPEG file with more than 500 scans";
    case JERR_BAD_PRECISION:
        return "a JPEG file with more than 8 bits a sample";
    case JERR_SOF_UNSUPPORTED:
        return "a JPEG file of a rare kind (lossless or hierarchical)";
    case JERR_ARITH_NOTIMPL:
        return "a JPEG file of a rare kind (arithmetic coding)";
    case JERR_CONVERSION_NOTIMPL:
        return "a JPEG file in a colour space that is not known";
    case JWRN_HIT_MARKER:
    case JWRN_JPEG_EOF:
    case JERR_INPUT_EOF:
    case JERR_INPUT_EMPTY:
    case JERR_NO_IMAGE:
        return "a damaged JPEG file: its end is missing";
    default:
        return "a damaged JPEG file";
    }
}

// Four channels to three. Adobe's programs write ink upside down (255 is none), and say that they wrote it.
Image rgb_from_cmyk(const Image& ink, bool upside_down) {
    Image rgb{.width = ink.width, .height = ink.height, .channels = 3, .pixels = {}};
    rgb.pixels.resize(rgb.stride() * static_cast<std::size_t>(rgb.height));
    const std::uint8_t* from = ink.pixels.data();
    const unsigned turn = upside_down ? 0 : 255;
    for (std::uint8_t* to = rgb.pixels.data(); to != rgb.pixels.data() + rgb.pixels.size(); from += 4) {
        const unsigned white = from[3] ^ turn;
        for (int i = 0; i < 3; ++i)
            *to++ = static_cast<std::uint8_t>(((from[i] ^ turn) * white + 127) / 255);
    }
    return rgb;
}

Image grey_from_rgb(const Image& rgb) { // ITU-R BT.601
    Image grey{.width = rgb.width, .height = rgb.height, .channels = 1, .pixels = {}};
    grey.pixels.reserve(rgb.pixels.size() / 3);
    for (std::size_t at = 0; at + 2 < rgb.pixels.size(); at += 3)
        grey.pixels.push_back(static_cast<std::uint8_t>(
            (77U * rgb.pixels[at] + 150U * rgb.pixels[at + 1] + 29U * rgb.pixels[at + 2] + 128U) >> 8));
    return grey;
}

int orientation_in(const jpeg_decompress_struct& codec) {
    for (const auto* marker = codec.marker_list; marker != nullptr; marker = marker->next) {
        if (const auto found = orientation_of({marker->data, marker->data_length}))
            return *found;
    }
    return 1;
}

struct Closed {
    Decoder& decoder;
    ~Closed() { jpeg_destroy_decompress(&decoder.codec); }
};

} // namespace

Result<Image> read_picture(ByteView file, const Wanted& wanted) {
    if (file.empty())
        return fail(Reason::photo_malformed, "an empty file");
    if (file.size() > largest_file)
        return fail(Reason::photo_malformed, "a file larger than 32 MiB");
    if (!is_jpeg(file))
        return fail(Reason::photo_malformed, std::string(kind_of(file)) + ", not a JPEG file");
    Decoder decoder{};
    decoder.codec.err = jpeg_std_error(&decoder.errors);
    decoder.errors.error_exit = leave;
    decoder.errors.emit_message = judge;
    decoder.codec.client_data = &decoder;
    const Closed closed{decoder};
    if (!read_head(decoder, file))
        return fail(Reason::photo_malformed, flaw_of(decoder.flaw));
    jpeg_decompress_struct& codec = decoder.codec;
    const auto [least, most] = std::minmax(codec.image_width, codec.image_height);
    if (least < static_cast<JDIMENSION>(wanted.smallest_side) || most > static_cast<JDIMENSION>(largest_side))
        return fail(Reason::photo_malformed, "a picture of " + std::to_string(codec.image_width) + " x " +
                                                 std::to_string(codec.image_height) + " pixels; " +
                                                 std::to_string(wanted.smallest_side) + " to " +
                                                 std::to_string(largest_side) + " each way are taken");
    const bool ink = codec.jpeg_color_space == JCS_CMYK || codec.jpeg_color_space == JCS_YCCK;
    const bool grey = codec.jpeg_color_space == JCS_GRAYSCALE || codec.jpeg_color_space == JCS_YCbCr;
    const bool one = wanted.colours == Colours::grey ||
                     (wanted.colours == Colours::as_they_are && codec.jpeg_color_space == JCS_GRAYSCALE);
    codec.out_color_space = ink ? JCS_CMYK : one && grey ? JCS_GRAYSCALE : JCS_RGB;
    codec.dct_method = JDCT_ISLOW;
    codec.do_fancy_upsampling = wanted.smooth ? TRUE : FALSE;
    Image image{.width = static_cast<int>(codec.image_width),
                .height = static_cast<int>(codec.image_height),
                .channels = ink           ? 4
                            : one && grey ? 1
                                          : 3,
                .pixels = {}};
    image.pixels.resize(image.stride() * static_cast<std::size_t>(image.height));
    if (!read_rows(decoder, image.pixels.data(), image.stride()))
        return fail(Reason::photo_malformed, flaw_of(decoder.flaw));
    if (ink)
        image = rgb_from_cmyk(image, codec.saw_Adobe_marker == TRUE);
    if (one && image.channels == 3)
        image = grey_from_rgb(image);
    return upright(std::move(image), orientation_in(codec));
}

Result<SecretBytes> read_picture_file(const std::filesystem::path& file) {
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error); // no folder and no device has one
    if (error)
        return fail(Reason::photo_malformed, "the file cannot be read");
    if (size == 0)
        return fail(Reason::photo_malformed, "an empty file");
    if (size > largest_file)
        return fail(Reason::photo_malformed, "a file larger than 32 MiB");
    SecretBytes bytes(size);
    std::ifstream opened(file, std::ios::binary);
    if (!opened.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size)))
        return fail(Reason::photo_malformed, "the file cannot be read");
    return bytes;
}

} // namespace kaomon::picture
