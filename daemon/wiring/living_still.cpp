#include "daemon/wiring/living_still.hpp"

#include "drivers/picture/picture.hpp"

#include <fmt/format.h>

#include <cmath>

namespace kaomon::wiring {

Result<LivingStill> living_still(const std::filesystem::path& file, face::Pipeline& pipeline) {
    const auto bytes = picture::read_picture_file(file);
    auto photograph = bytes ? picture::read_picture(*bytes, {}) : std::unexpected(bytes.error());
    if (!photograph)
        return fail(Reason::parameter_invalid, file.string() + ": " + photograph.error().detail);
    const auto face = pipeline.observe(*photograph);
    if (!face)
        return fail(face.error().reason, file.string());
    const auto &left = face->five[0], &right = face->five[1];
    return LivingStill{fmt::format("{}#eyes={},{},{},{}", file.string(), std::lround(left.x),
                                   std::lround(left.y), std::lround(right.x), std::lround(right.y)),
                       std::move(*photograph), *face};
}

} // namespace kaomon::wiring
