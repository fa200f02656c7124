#include "tools/clinic/choose/usb.hpp"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <iterator>

namespace kaomon::choose {
namespace {

namespace fs = std::filesystem;

constexpr std::uint8_t interface_descriptor = 0x04, ccid_descriptor = 0x21; // USB 2.0 table 9-5; CCID 5.1
constexpr std::uint8_t smart_card_class = 0x0B;
constexpr std::size_t ccid_length = 54;             // bytes
constexpr std::streamsize largest_file = 64 * 1024; // bytes of sysfs; real ones have some hundred

std::uint32_t number(ByteView bytes, std::size_t at) { // little endian
    return static_cast<std::uint32_t>(bytes[at]) | static_cast<std::uint32_t>(bytes[at + 1]) << 8 |
           static_cast<std::uint32_t>(bytes[at + 2]) << 16 | static_cast<std::uint32_t>(bytes[at + 3]) << 24;
}

Exchange exchange_of(std::uint32_t features) {
    switch (features >> 16 & 0x7U) {
    case 1:
        return Exchange::tpdu;
    case 2:
        return Exchange::short_apdu;
    case 4:
        return Exchange::extended_apdu;
    default:
        return Exchange::character;
    }
}

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text(static_cast<std::size_t>(largest_file), '\0');
    in.read(text.data(), largest_file);
    text.resize(static_cast<std::size_t>(in.gcount()));
    return text;
}

std::string line_of(const fs::path& file) {
    std::string text = text_of(file).substr(0, 200);
    return text.substr(0, text.find('\n'));
}

std::optional<unsigned> number_of(const fs::path& file, int base) {
    const std::string text = line_of(file);
    unsigned value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (text.empty() || read.ptr != text.data() + text.size())
        return std::nullopt;
    return value;
}

UsbReader describe(const fs::path& device) {
    UsbReader reader;
    reader.vendor = static_cast<std::uint16_t>(number_of(device / "idVendor", 16).value_or(0));
    reader.product = static_cast<std::uint16_t>(number_of(device / "idProduct", 16).value_or(0));
    reader.maker = line_of(device / "manufacturer");
    reader.name = line_of(device / "product");
    const unsigned release = number_of(device / "bcdDevice", 16).value_or(0);
    reader.firmware = fmt::format("{:x}.{:02x}", release >> 8, release & 0xFFU);
    const std::string raw = text_of(device / "descriptors");
    reader.ccid = parse_ccid({reinterpret_cast<const std::uint8_t*>(raw.data()), raw.size()});
    return reader;
}

} // namespace

std::optional<CcidDescriptor> parse_ccid(ByteView descriptors) {
    bool of_smart_card = false; // the interface we are in; older readers have the maker's own class (FF)
    while (descriptors.size() >= 2) {
        const std::size_t length = descriptors[0];
        if (length < 2 || length > descriptors.size())
            return std::nullopt;
        const ByteView one = descriptors.first(length);
        if (one[1] == interface_descriptor && length >= 9)
            of_smart_card = one[5] == smart_card_class || one[5] == 0xFF;
        if (one[1] == ccid_descriptor && length == ccid_length && of_smart_card) {
            const std::uint32_t protocols = number(one, 6);
            return CcidDescriptor{one[4] + 1, exchange_of(number(one, 40)), number(one, 44),
                                  (protocols & 1U) != 0, (protocols & 2U) != 0};
        }
        descriptors = descriptors.subspan(length);
    }
    return std::nullopt;
}

std::optional<UsbReader> find_usb(unsigned bus, unsigned device, const fs::path& root) {
    std::error_code error;
    fs::directory_iterator entries(root, error);
    for (; !error && entries != fs::directory_iterator(); entries.increment(error)) {
        const fs::path& place = entries->path();
        if (number_of(place / "busnum", 10) == bus && number_of(place / "devnum", 10) == device)
            return describe(place);
    }
    return std::nullopt;
}

std::string usb_id(const UsbReader& reader) {
    return fmt::format("{:04x}:{:04x}", reader.vendor, reader.product);
}

} // namespace kaomon::choose
