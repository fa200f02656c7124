#include "tools/clinic/choose/driver_list.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>

namespace kaomon::choose {
namespace {

constexpr std::size_t largest_list = 1 << 20U; // bytes; libccid 1.5.2 has 50 kB
constexpr std::size_t most_readers = 10'000;

// The texts of <key>name</key><array><string>...</string>...</array>. What the file really has, not all of
// XML: entities stay as they are.
std::vector<std::string_view> strings_of(std::string_view plist, std::string_view key) {
    std::vector<std::string_view> found;
    const std::string head = "<key>" + std::string(key) + "</key>";
    const std::size_t at = plist.find(head);
    const std::size_t begin = at == std::string_view::npos ? at : plist.find("<array>", at + head.size());
    const std::size_t end = begin == std::string_view::npos ? begin : plist.find("</array>", begin);
    if (end == std::string_view::npos)
        return found;
    std::string_view body = plist.substr(begin, end - begin);
    constexpr std::string_view open = "<string>", close = "</string>";
    while (found.size() <= most_readers) {
        const std::size_t from = body.find(open);
        const std::size_t to = from == std::string_view::npos ? from : body.find(close, from);
        if (to == std::string_view::npos)
            break;
        found.push_back(body.substr(from + open.size(), to - from - open.size()));
        body.remove_prefix(to + close.size());
    }
    return found;
}

std::optional<std::uint16_t> hexadecimal(std::string_view text) {
    if (!text.starts_with("0x") && !text.starts_with("0X"))
        return std::nullopt;
    text.remove_prefix(2);
    std::uint16_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size())
        return std::nullopt;
    return value;
}

} // namespace

const DriverList::Entry* DriverList::find(std::uint16_t vendor, std::uint16_t product) const {
    const auto found = std::ranges::find_if(
        entries, [&](const Entry& one) { return one.vendor == vendor && one.product == product; });
    return found == entries.end() ? nullptr : &*found;
}

std::optional<DriverList> parse_driver_list(std::string_view plist) {
    if (plist.size() > largest_list)
        return std::nullopt;
    const auto vendors = strings_of(plist, "ifdVendorID"), products = strings_of(plist, "ifdProductID"),
               names = strings_of(plist, "ifdFriendlyName");
    if (vendors.empty() || vendors.size() > most_readers || vendors.size() != products.size() ||
        vendors.size() != names.size())
        return std::nullopt;
    DriverList list;
    for (std::size_t i = 0; i < vendors.size(); ++i) {
        const auto vendor = hexadecimal(vendors[i]), product = hexadecimal(products[i]);
        if (!vendor || !product)
            return std::nullopt;
        list.entries.push_back({*vendor, *product, std::string(names[i])});
    }
    return list;
}

std::optional<DriverList> installed_driver_list(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text(largest_list + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    return parse_driver_list(text);
}

} // namespace kaomon::choose
