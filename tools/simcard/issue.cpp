#include "drivers/card/simulated/issuer.hpp"
#include "drivers/card/simulated/portrait.hpp"
#include "drivers/card/simulated/store.hpp"
#include "tools/simcard/commands.hpp"

#include <boost/json.hpp>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>
#include <random>

namespace kaomon::tools::simcard {
namespace {

namespace card = kaomon::card::simulated;
namespace fs = std::filesystem;

Date today() {
    return Date(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
}

Result<Bytes> read_portrait(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return fail(Reason::photo_malformed, path + ": cannot be read");
    return Bytes(std::istreambuf_iterator<char>(file), {});
}

Result<std::optional<card::Crop>> parse_crop(const std::string& text) {
    if (text.empty())
        return std::nullopt;
    card::Crop crop;
    int used = 0;
    if (std::sscanf(text.c_str(), "%5d,%5d,%5d,%5d%n", &crop.x, &crop.y, &crop.width, &crop.height, &used) !=
            4 ||
        static_cast<std::size_t>(used) != text.size()) {
        return fail(Reason::parameter_invalid, "--crop takes four whole numbers: X,Y,W,H");
    }
    return crop;
}

struct Made {
    card::Holder holder;
    card::IssuedCard issued;
};

Result<Made> make(const IssueOptions& options, std::uint64_t seed) {
    card::Holder holder;
    if (!options.holder.empty()) {
        auto loaded = card::load_holder(options.holder);
        if (!loaded)
            return std::unexpected(loaded.error());
        holder = std::move(*loaded);
    }
    card::complete(holder, today(), seed);
    if (options.expired) { // the last birthday that has passed
        while (holder.card_expiry >= today())
            holder.card_expiry -= std::chrono::years(1);
        if (!holder.card_expiry.ok())
            holder.card_expiry = {holder.card_expiry.year(), std::chrono::February, std::chrono::day(28)};
    }
    const auto jpeg = read_portrait(options.portrait);
    if (!jpeg)
        return std::unexpected(jpeg.error());
    const auto photograph = card::decode_jpeg(*jpeg);
    if (!photograph)
        return std::unexpected(
            Failure{photograph.error().reason, options.portrait + ": " + photograph.error().detail});
    const auto crop = parse_crop(options.crop);
    if (!crop)
        return std::unexpected(crop.error());
    const auto portrait = card::make_portrait(*photograph, *crop);
    if (!portrait)
        return std::unexpected(portrait.error());
    const auto authority = card::Authority::generate();
    if (!authority)
        return std::unexpected(authority.error());

    const std::map<std::string, card::Forgery> forgeries{{"", card::Forgery::none},
                                                         {"signature", card::Forgery::signature},
                                                         {"chip", card::Forgery::chip},
                                                         {"certificate", card::Forgery::certificate}};
    auto issued =
        card::issue(*authority, holder, *portrait, today(),
                    {forgeries.at(options.forge), options.without_photo, options.two_bytes_first, seed});
    if (!issued)
        return std::unexpected(issued.error());
    const fs::path folder = options.out;
    if (auto saved = card::save_card(folder, issued->contents); !saved)
        return std::unexpected(saved.error());
    if (auto saved = card::save_text(folder / "trust.toml", authority->trust_file()); !saved)
        return std::unexpected(saved.error());
    if (auto saved = card::save_text(folder / "jpki-ca.pem", issued->jpki_authority); !saved)
        return std::unexpected(saved.error());
    return Made{std::move(holder), std::move(*issued)};
}

} // namespace

int issue(const IssueOptions& options) {
    const std::uint64_t seed = options.seed != 0 ? options.seed : std::random_device{}();
    const auto made = make(options, seed);
    if (!made) {
        std::cerr << "kaomon-simcard: " << made.error().detail << "\n";
        return 1;
    }
    const card::Holder& holder = made->holder;
    const fs::path folder = fs::absolute(options.out);
    boost::json::object facts{
        {"card", folder.string()},
        {"access_number", card::access_number(holder)},
        {"era_year", card::era_year_of(holder.birth_date)},
        {"security_code", holder.security_code},
        {"pin", holder.sign_in_pin},
        {"text_pin", holder.text_pin},
        {"sign_password", holder.sign_password},
        {"birth_date", card::digits_of(holder.birth_date)},
        {"card_expiry", card::digits_of(holder.card_expiry)},
        {"photo_bytes", made->issued.photo_bytes},
        {"forged", made->issued.contents.forged},
        {"trust", (folder / "trust.toml").string()},
        {"jpki_ca", (folder / "jpki-ca.pem").string()},
    };
    if (options.json) {
        std::cout << boost::json::serialize(facts) << std::endl;
        return 0;
    }
    std::cout << "A simulated card is in " << folder.string() << "\n";
    for (const auto& [key, value] : facts) {
        if (key == "card" || (key == "forged" && value.as_string().empty()))
            continue;
        std::cout << "  " << key << std::string(16 - std::min<std::size_t>(key.size(), 15), ' ')
                  << (value.is_string() ? std::string(value.as_string()) : boost::json::serialize(value))
                  << "\n";
    }
    std::cout << "Serve it:  kaomon-simcard serve --card " << folder.string() << " --port 35963" << std::endl;
    return 0;
}

} // namespace kaomon::tools::simcard
