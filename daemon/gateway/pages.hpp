// The static files of the two screens.
#pragma once

#include "daemon/gateway/refusal.hpp"

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kaomon::gateway {

struct Page {
    std::string_view type; // Content-Type
    std::string content;
};

// Which file of the folder of pages that path names: "/patient" and "/staff" the two pages, "/assets/…" what
// they are made of. Empty: none. A path has letters, digits, hyphen, underscore and dots between, no percent
// sign, four names at most, and one of the endings that have a type. Reentrant.
struct Place {
    std::string file; // below the folder
    std::string_view type;
};
std::optional<Place> place_of(std::string_view path);

// Never by a symbolic link and never from outside the folder. Refusals: not_found. Reentrant.
std::expected<Page, Refusal> read_page(const std::filesystem::path& folder, std::string_view path);

// What every answer says beside its type: nothing from elsewhere is run, shown or told, nothing is kept.
std::string_view page_headers() noexcept;

} // namespace kaomon::gateway
