#include "tools/clinic/rehearse/simulated_card.hpp"

#include "drivers/card/simulated/issuer.hpp"
#include "drivers/picture/picture.hpp"

#include <random>

namespace kaomon::rehearse {

namespace mynumber = card::mynumber;
namespace simulated = card::simulated;

Result<Image> read_photograph(const std::filesystem::path& file) {
    const auto bytes = picture::read_picture_file(file);
    if (!bytes)
        return fail(Reason::parameter_invalid, file.string() + ": " + bytes.error().detail);
    auto image = simulated::decode_jpeg(*bytes);
    if (!image)
        image.error().detail = file.string() + ": " + image.error().detail;
    return image;
}

Result<SimulatedCard> issue_card(const Image& photograph, std::optional<simulated::Crop> crop, Date today) {
    const auto portrait = simulated::make_portrait(photograph, crop);
    if (!portrait)
        return std::unexpected(portrait.error());
    const auto authority = simulated::Authority::generate();
    if (!authority)
        return std::unexpected(authority.error());
    simulated::Holder holder;
    simulated::complete(holder, today, std::random_device()());
    auto made = simulated::issue(*authority, holder, *portrait, today);
    if (!made)
        return std::unexpected(made.error());
    auto keys = mynumber::parse_trust_file(authority->trust_file(), "rehearsal");
    if (!keys)
        return std::unexpected(keys.error());
    SimulatedCard issued{std::make_shared<simulated::Card>(std::move(made->contents)),
                         SecretText(std::string_view(simulated::access_number(holder))),
                         {}};
    for (auto& key : *keys)
        issued.trust.add(std::move(key));
    return issued;
}

} // namespace kaomon::rehearse
