#include "drivers/card/simulated/store.hpp"
#include "drivers/card/simulated/store_toml.hpp"
#include "tools/simcard/commands.hpp"

#include <boost/json.hpp>

#include <iomanip>
#include <iostream>
#include <map>

namespace kaomon::tools::simcard {
namespace {

namespace card = kaomon::card::simulated;

// drivers/card/SPEC.md §4, §6, §8, §9
const std::map<std::string, std::string> names{
    {"photo-0011", "birth_date"},         {"photo-0012", "access_number"},
    {"photo-0013", "my_number"},          {"text-0011", "text_pin"},
    {"text-0012", "key_locked_at_issue"}, {"text-0014", "my_number_text"},
    {"text-0015", "access_number_text"},  {"jpki-0018", "sign_in_pin"},
    {"jpki-001b", "sign_password"},
};

} // namespace

int show(const ShowOptions& options) {
    const auto contents = card::load_card(options.card);
    if (!contents)
        return complain(contents.error().detail);
    boost::json::object secrets;
    for (const card::Application& application : contents->applications) {
        for (const card::File& file : application.files) {
            if (file.kind != card::FileKind::secret)
                continue;
            const std::string label = card::file_label(application, file);
            const auto name = names.find(label);
            secrets[name == names.end() ? label : name->second] = {{"tries_left", file.tries_left},
                                                                   {"tries", file.most_tries},
                                                                   {"locked", file.tries_left == 0},
                                                                   {"file", label}};
        }
    }
    if (options.json) {
        std::cout << boost::json::serialize(boost::json::object{{"simulated", true},
                                                                {"kind", contents->kind},
                                                                {"generation", contents->generation},
                                                                {"medium", contents->medium},
                                                                {"card_expiry", contents->expiry},
                                                                {"forged", contents->forged},
                                                                {"secrets", secrets}})
                  << "\n";
        return 0;
    }
    std::cout << "A simulated card\n  medium       " << contents->medium << "\n  card expiry  "
              << contents->expiry << "\n";
    if (!contents->forged.empty())
        std::cout << "  forged       " << contents->forged << "\n";
    std::cout << (secrets.empty() ? "No secrets: nothing on this medium asks for a number or a PIN\n"
                                  : "Tries left:\n");
    for (const auto& [name, state] : secrets) {
        const auto& fields = state.as_object();
        std::cout << "  " << std::left << std::setw(20) << std::string(name) << fields.at("tries_left")
                  << " of " << fields.at("tries") << (fields.at("locked").as_bool() ? "  LOCKED" : "")
                  << "\n";
    }
    return 0;
}

} // namespace kaomon::tools::simcard
