// The list of readers that the installed CCID driver carries.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::choose {

// A property list in XML.
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
