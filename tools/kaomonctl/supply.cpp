#include "tools/kaomonctl/supply.hpp"

#include "tools/command/secret_input.hpp"
#include "tools/kaomonctl/words.hpp"

#include <boost/json/value.hpp>
#include <sys/random.h>

#include <algorithm>
#include <array>
#include <utility>

namespace kaomon::kaomonctl {
namespace {

namespace json = boost::json;

bool has(const std::vector<Method>& methods, Method method) {
    return std::ranges::find(methods, method) != methods.end();
}

} // namespace

std::string random_text() {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::array<unsigned char, 32> random{};
    if (getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size()))
        return {};
    std::string text;
    for (const unsigned char byte : random)
        text += alphabet[byte & 63];
    return text;
}

std::string Supply::load() {
    const auto take = [&](const char* name, const std::string& source) -> std::string {
        const auto secret = read_secret(source);
        if (!secret)
            return secret.error();
        access_[name] = secret->view();
        return {};
    };
    std::string trouble;
    if (!options_.number_from.empty())
        trouble = take("number", options_.number_from);
    if (trouble.empty() && !options_.security_code_from.empty())
        trouble = take("security_code", options_.security_code_from);
    if (!options_.era_year.empty())
        access_["era_year"] = options_.era_year;
    if (options_.compared)
        access_["compared"] = true;
    if (trouble.empty() && !options_.pin_from.empty()) {
        auto pin = read_secret(options_.pin_from);
        if (!pin)
            return pin.error();
        if (pin->empty())
            return options_.pin_from + ": holds no PIN";
        pin_ = std::move(*pin);
    }
    return trouble;
}

json::array Supply::methods() const {
    json::array methods;
    const bool others = !pin_.empty() || !options_.staff.empty();
    const bool all = options_.interactive || options_.at_desk;
    if (!access_.empty() || all || !others)
        methods.emplace_back(word(Method::face));
    if (!pin_.empty() || all)
        methods.emplace_back(word(Method::pin));
    if (!options_.staff.empty() || all)
        methods.emplace_back(word(Method::visual_check));
    return methods;
}

void Supply::fill(json::object& parameters) {
    if (access_.empty())
        return;
    parameters["access_number"] = std::exchange(access_, {});
    parameters["idempotency_key"] = next_act();
}

// A fresh name for each thing that is handed in; with --idempotency-key the same ones at every run.
std::string Supply::next_act() {
    ++handed_in_;
    return options_.idempotency_key.empty() ? random_text()
                                            : options_.idempotency_key + "-" + std::to_string(handed_in_);
}

Supply::Fields Supply::next(bool number_is_wanted, const std::vector<Method>& open) {
    if (number_is_wanted)
        return options_.interactive ? ask_for_number() : Fields(std::nullopt);
    if (!pin_.empty() && has(open, Method::pin)) {
        const SecretText pin = std::exchange(pin_, {});
        return json::object{{"idempotency_key", next_act()}, {"pin", pin.view()}};
    }
    if (!options_.staff.empty() && !visual_check_used_ && has(open, Method::visual_check)) {
        visual_check_used_ = true;
        return json::object{{"idempotency_key", next_act()},
                            {"visual_check",
                             {{"staff", options_.staff},
                              {"reason", word(options_.staff_reason)},
                              {"confirmed", !options_.staff_denies}}}};
    }
    if (!options_.interactive)
        return std::nullopt;
    if (has(open, Method::pin)) {
        auto pin = ask_for_pin();
        if (!pin || *pin)
            return pin;
    }
    return has(open, Method::visual_check) ? ask_for_visual_check() : Fields(std::nullopt);
}

Supply::Fields Supply::consent(const std::vector<Attribute>& wanted) {
    std::string answer = options_.consent;
    if (answer.empty()) {
        std::string names;
        for (const Attribute one : wanted)
            names.append(names.empty() ? "" : say(language_, "、", ", ")).append(term(language_, word(one)));
        const auto typed =
            prompt_line(std::string(say(language_, "受付に渡してよいですか（", "May the reception know: ")) +
                        names + std::string(say(language_, "）（y/n）: ", " (y/n): ")));
        if (!typed)
            return std::unexpected(typed.error());
        if (*typed != "y" && *typed != "n")
            return std::unexpected("neither y nor n");
        answer = *typed == "y" ? "yes" : "no";
    }
    json::object consent{{"given", answer == "yes"}};
    if (!options_.consent_staff.empty())
        consent["staff"] = options_.consent_staff;
    return json::object{{"idempotency_key", next_act()}, {"consent", std::move(consent)}};
}

Supply::Fields Supply::ask_for_number() {
    json::object access;
    const auto number =
        prompt_secret(say(language_, "照合番号B 14桁（空欄なら年とセキュリティコード）: ",
                          "Verification number B, 14 digits (empty: era year and security code): "));
    if (!number)
        return std::unexpected(number.error());
    if (!number->empty()) {
        access["number"] = number->view();
        return json::object{{"idempotency_key", next_act()}, {"access_number", std::move(access)}};
    }
    const auto year = prompt_secret(say(language_, "生年（和暦2桁。空欄なら暗証番号か目視）: ",
                                        "Era year of birth, 2 digits (empty: PIN or visual check): "));
    if (!year)
        return std::unexpected(year.error());
    if (year->empty()) {
        auto pin = ask_for_pin();
        return !pin || *pin ? pin : ask_for_visual_check();
    }
    const auto code = prompt_secret(say(language_, "セキュリティコード4桁: ", "Security code, 4 digits: "));
    if (!code || code->empty())
        return std::unexpected(code ? "no number was given" : code.error());
    access["era_year"] = year->view();
    access["security_code"] = code->view();
    return json::object{{"idempotency_key", next_act()}, {"access_number", std::move(access)}};
}

Supply::Fields Supply::ask_for_pin() {
    const auto pin = prompt_secret(say(language_, "暗証番号4桁（空欄なら係員の目視確認）: ",
                                       "PIN, 4 digits (empty: a visual check by staff): "));
    if (!pin)
        return std::unexpected(pin.error());
    if (pin->empty())
        return std::nullopt;
    return json::object{{"idempotency_key", next_act()}, {"pin", pin->view()}};
}

Supply::Fields Supply::ask_for_visual_check() {
    const auto staff = prompt_line(say(language_, "目視確認をした係員のID（空欄なら終わり）: ",
                                       "Who of the staff looked, an id (empty: nobody): "));
    if (!staff)
        return std::unexpected(staff.error());
    if (staff->empty())
        return std::nullopt;
    const auto answer = prompt_line(say(language_, "カードの写真と同じ人ですか（y/n）: ",
                                        "Is it the person of the card's photograph (y/n): "));
    if (!answer)
        return std::unexpected(answer.error());
    if (*answer != "y" && *answer != "n")
        return std::unexpected("neither y nor n");
    return json::object{
        {"idempotency_key", next_act()},
        {"visual_check",
         {{"staff", *staff}, {"reason", word(options_.staff_reason)}, {"confirmed", *answer == "y"}}}};
}

} // namespace kaomon::kaomonctl
