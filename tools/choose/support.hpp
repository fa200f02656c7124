// Whether Linux has a driver for a reader: what the installed CCID driver lists, and what our own table
// knows.
#pragma once

#include "tools/words/day.hpp"
#include "tools/words/trouble.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::choose {

enum class Support : unsigned char { should_work, unsupported, no_driver };

struct SupportEntry {
    std::string name;
    std::vector<std::uint32_t> usb; // vendor << 16 | product
    Support support = Support::should_work;
    Text note; // may be empty
};

struct SupportTable {
    std::string source; // where it was seen
    Date seen{};
    std::vector<SupportEntry> entries;

    const SupportEntry* find(std::uint16_t vendor, std::uint16_t product) const;
};

// support.toml, and any text of its form. Word: support_table_invalid.
Outcome<SupportTable> parse_support(std::string_view toml);
const SupportTable& known_support();

// The installed driver's own list (Info.plist, a property list in XML).
inline constexpr const char* ccid_list = "/usr/lib/pcsc/drivers/ifd-ccid.bundle/Contents/Info.plist";

struct DriverList {
    struct Entry {
        std::uint16_t vendor = 0, product = 0;
        std::string name;
    };
    std::vector<Entry> entries;

    const Entry* find(std::uint16_t vendor, std::uint16_t product) const;
};

// Reads the three arrays ifdVendorID, ifdProductID, ifdFriendlyName; nothing where they are not there or not
// of one length (1..10,000). At most 1 MiB. Reentrant.
std::optional<DriverList> parse_driver_list(std::string_view plist);
std::optional<DriverList> installed_driver_list(const std::filesystem::path& file = ccid_list);

} // namespace kaomon::choose
