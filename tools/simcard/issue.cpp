#include "drivers/card/simulated/kind.hpp"
#include "drivers/card/simulated/portrait.hpp"
#include "drivers/card/simulated/store.hpp"
#include "drivers/picture/picture.hpp"
#include "tools/simcard/commands.hpp"
#include "tools/simcard/day_of_issue.hpp"

#include <boost/json.hpp>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <random>

namespace kaomon::tools::simcard {
namespace {

namespace card = kaomon::card::simulated;
namespace fs = std::filesystem;

Result<std::optional<card::Crop>> parse_crop(const std::string& text) {
    if (text.empty())
        return std::nullopt;
    card::Crop crop;
    int used = 0; // five digits each fit an int: NOLINTNEXTLINE(cert-err34-c)
    if (std::sscanf(text.c_str(), "%5d,%5d,%5d,%5d%n", &crop.x, &crop.y, &crop.width, &crop.height, &used) !=
            4 ||
        static_cast<std::size_t>(used) != text.size()) {
        return fail(Reason::parameter_invalid, "--crop takes four whole numbers: X,Y,W,H");
    }
    return crop;
}

Result<Image> portrait_of(const IssueOptions& options) {
    if (options.portrait.empty())
        return card::nobodys_portrait();
    const auto jpeg = picture::read_picture_file(options.portrait);
    const auto photograph = jpeg ? card::decode_jpeg(*jpeg) : std::unexpected(jpeg.error());
    if (!photograph)
        return std::unexpected(
            Failure{photograph.error().reason, options.portrait + ": " + photograph.error().detail});
    const auto crop = parse_crop(options.crop);
    if (!crop)
        return std::unexpected(crop.error());
    return card::make_portrait(*photograph, *crop);
}

Result<card::CardOfAKind> make(const IssueOptions& options, std::uint64_t seed) {
    card::Holder holder;
    if (!options.holder.empty()) {
        auto loaded = card::load_holder(options.holder);
        if (!loaded)
            return std::unexpected(loaded.error());
        holder = std::move(*loaded);
    }
    const auto day = day_of_issue(options.date);
    if (!day)
        return std::unexpected(day.error());
    card::complete(holder, *day, seed);
    const auto portrait = portrait_of(options);
    if (!portrait)
        return std::unexpected(portrait.error());
    card::CardOptions how;
    how.seed = seed;
    if (options.seed != 0)
        how.key_seed = seed;
    auto made = card::issue_kind(options.kind, std::move(holder), *portrait, *day, how);
    if (!made)
        return made;
    const fs::path folder = options.out;
    if (auto saved = card::save_card(folder, made->issued.contents); !saved)
        return std::unexpected(saved.error());
    if (auto saved = card::save_text(folder / "trust.toml", made->trust); !saved)
        return std::unexpected(saved.error());
    if (auto saved = card::save_text(folder / "jpki-ca.pem", made->issued.jpki_authority); !saved)
        return std::unexpected(saved.error());
    return made;
}

int list_kinds(bool json) {
    boost::json::array all;
    for (const card::Kind& kind : card::kinds()) {
        if (json)
            all.push_back({{"kind", kind.word}, {"ja", kind.japanese}, {"en", kind.english}});
        else
            std::cout << "  " << kind.word << std::string(23 - kind.word.size(), ' ') << kind.japanese << "\n"
                      << std::string(25, ' ') << kind.english << "\n";
    }
    if (json)
        std::cout << boost::json::serialize(all) << "\n";
    return 0;
}

} // namespace

int issue(const IssueOptions& options) {
    if (options.kind == "list")
        return list_kinds(options.json);
    const std::uint64_t seed = options.seed != 0 ? options.seed : std::random_device{}();
    const auto made = make(options, seed);
    if (!made)
        return complain(made.error().detail);
    const card::Holder& holder = made->holder;
    const card::Contents& contents = made->issued.contents;
    const fs::path folder = fs::absolute(options.out);
    boost::json::object facts{{"card", folder.string()}, {"kind", contents.kind}};
    if (!contents.generation.empty()) // other media have none of these
        facts = {
            {"card", folder.string()},
            {"kind", contents.kind},
            {"generation", contents.generation},
            {"access_number", card::access_number(holder)},
            {"era_year", card::access_number(holder).substr(0, 2)},
            {"security_code", holder.security_code},
            {"pin", holder.sign_in_pin},
            {"text_pin", holder.text_pin},
            {"sign_password", holder.sign_password},
            {"birth_date", card::digits_of(holder.birth_date)},
            {"card_expiry", card::digits_of(holder.card_expiry)},
            {"photo_bytes", made->issued.photo_bytes},
            {"forged", contents.forged},
            {"trust", (folder / "trust.toml").string()},
            {"jpki_ca", (folder / "jpki-ca.pem").string()},
        };
    if (options.json) {
        std::cout << boost::json::serialize(facts) << "\n";
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
    std::cout << "Serve it:  kaomon-simcard serve --card " << folder.string() << " --port 35963\n";
    return 0;
}

} // namespace kaomon::tools::simcard
