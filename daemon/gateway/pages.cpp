#include "daemon/gateway/pages.hpp"

#include "daemon/gateway/limits.hpp"
#include "drivers/base/text_file.hpp"
#include "drivers/base/unique_fd.hpp"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <algorithm>
#include <array>
#include <optional>

namespace kaomon::gateway {
namespace {

struct Kind {
    std::string_view ending, type;
};
constexpr std::array kinds{Kind{".html", "text/html; charset=utf-8"},
                           Kind{".css", "text/css; charset=utf-8"},
                           Kind{".js", "text/javascript; charset=utf-8"},
                           Kind{".mjs", "text/javascript; charset=utf-8"},
                           Kind{".json", "application/json"},
                           Kind{".svg", "image/svg+xml"},
                           Kind{".png", "image/png"},
                           Kind{".ico", "image/x-icon"},
                           Kind{".opus", "audio/ogg"},
                           Kind{".woff2", "font/woff2"}};
constexpr std::size_t most_names = 4, longest_path = 200;

bool is_file_name(std::string_view name) {
    return !name.empty() && name.front() != '.' && name.back() != '.' && !name.contains("..") &&
           std::ranges::all_of(name, [](char c) {
               return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_' || c == '.';
           });
}

UniqueFd open_below(const std::filesystem::path& folder, const std::string& file) {
    const UniqueFd root(open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!root)
        return {};
    open_how how{};
    how.flags = O_RDONLY | O_NONBLOCK | O_CLOEXEC;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
    UniqueFd opened(static_cast<int>(syscall(SYS_openat2, root.get(), file.c_str(), &how, sizeof how)));
    struct stat found{};
    if (!opened || fstat(opened.get(), &found) != 0 || !S_ISREG(found.st_mode))
        return {};
    return opened;
}

} // namespace

std::optional<Place> place_of(std::string_view path) {
    if (path == "/patient")
        return Place{"patient.html", kinds[0].type};
    if (path == "/staff")
        return Place{"staff.html", kinds[0].type};
    if (!path.starts_with("/assets/") || path.size() > longest_path)
        return std::nullopt;
    std::size_t names = 0;
    for (std::string_view rest = path.substr(1);;) {
        const auto slash = rest.find('/');
        if (!is_file_name(rest.substr(0, slash)) || ++names > most_names)
            return std::nullopt;
        if (slash == rest.npos)
            break;
        rest.remove_prefix(slash + 1);
    }
    const auto kind =
        std::ranges::find_if(kinds, [&](const Kind& one) { return path.ends_with(one.ending); });
    if (kind == kinds.end())
        return std::nullopt;
    return Place{std::string(path.substr(1)), kind->type};
}

std::expected<Page, Refusal> read_page(const std::filesystem::path& folder, std::string_view path) {
    const auto place = place_of(path);
    if (!place)
        return std::unexpected(Refusal::not_found);
    const UniqueFd opened = open_below(folder, place->file);
    if (!opened)
        return std::unexpected(Refusal::not_found);
    auto content = read_text(opened.get(), max_page);
    if (!content || content->size() > max_page)
        return std::unexpected(Refusal::not_found);
    return Page{place->type, std::move(*content)};
}

std::string_view page_headers() noexcept {
    return "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; connect-src "
           "'self'; "
           "img-src 'self' data:; media-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
           "frame-ancestors 'none'\r\n"
           "X-Content-Type-Options: nosniff\r\n"
           "Referrer-Policy: no-referrer\r\n"
           "Cross-Origin-Opener-Policy: same-origin\r\n"
           "Cross-Origin-Resource-Policy: same-origin\r\n"
           "Permissions-Policy: camera=(), microphone=(), geolocation=()\r\n"
           "Cache-Control: no-store\r\n";
}

} // namespace kaomon::gateway
