#include "tools/clinic/rehearse/living_still.hpp"

#include "tools/clinic/rehearse/simulated_card.hpp"

#include <fmt/format.h>

#include <cmath>

namespace kaomon::rehearse {

Result<std::filesystem::path> living_still(const std::filesystem::path& still, face::Pipeline& pipeline) {
    if (still.string().find('#') != std::string::npos)
        return still;
    const auto photograph = read_photograph(still);
    if (!photograph)
        return std::unexpected(photograph.error());
    const auto face = pipeline.observe(*photograph);
    if (!face)
        return std::unexpected(face.error());
    const auto &left = face->five[0], &right = face->five[1];
    return fmt::format("{}#eyes={},{},{},{}", still.string(), std::lround(left.x), std::lround(left.y),
                       std::lround(right.x), std::lround(right.y));
}

} // namespace kaomon::rehearse
