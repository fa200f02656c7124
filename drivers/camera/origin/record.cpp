#include "drivers/camera/origin/record.hpp"

#include "drivers/base/durable_file.hpp"
#include "drivers/base/text_file.hpp"

#include <cerrno>
#include <cstring>

namespace kaomon::camera::origin {
namespace {

constexpr std::size_t largest_file = 128 * 1024; // bytes: 512 formats of 128 characters

} // namespace

Result<std::optional<Identity>> Record::accepted() const {
    const auto text = read_text_file(file_, largest_file);
    if (!text && text.error() == ENOENT)
        return std::nullopt;
    if (!text)
        return fail(Reason::camera_record_unusable, file_.string() + ": " + std::strerror(text.error()));
    auto identity = read_identity(*text);
    if (!identity)
        return fail(Reason::camera_record_unusable, file_.string() + ": damaged");
    return identity;
}

Result<void> Record::admit(const Identity& now) const {
    const auto before = accepted();
    if (!before)
        return std::unexpected(before.error());
    if (*before && **before != now)
        return fail(Reason::camera_changed, difference(**before, now));
    if (*before)
        return {};
    // Another process that is quicker has seen the same camera, or the next look finds the difference.
    auto made = create_file(file_, text_of(now), Reason::camera_record_unusable);
    return made ? Result<void>{} : std::unexpected(std::move(made.error()));
}

Result<void> Record::accept(const Identity& now) const {
    return replace_file(file_, text_of(now), Reason::camera_record_unusable);
}

} // namespace kaomon::camera::origin
