#include "tools/clinic/procure/questions.hpp"

#include "drivers/base/toml_screen.hpp"
#include "tools/words/place.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <utility>

namespace kaomon::data {
extern const std::string_view questions_toml;
}

namespace kaomon::procure {
namespace {

constexpr std::size_t largest_file = 64 * 1024; // bytes

std::unexpected<Trouble> invalid(const std::string& why) {
    return trouble(
        exit_usage, "questions_invalid",
        {"質問のファイルを読めません" + place_in(why) + "。", "the questions cannot be read: " + why}, {});
}

} // namespace

Outcome<std::vector<Text>> parse_questions(std::string_view text, Kind kind) {
    if (text.size() > largest_file)
        return invalid("larger than 64 KiB");
    if (const auto flaw = screen_toml(text))
        return invalid("line " + std::to_string(flaw->line) + ": " + flaw->text);
    std::vector<std::pair<std::uint32_t, Text>> found; // toml++ orders by name, people by line
    try {
        const toml::table parsed = toml::parse(text);
        for (const auto& [name, node] : parsed) {
            const toml::table* question = node.as_table();
            const auto ja = question == nullptr ? std::nullopt : (*question)["ja"].value_exact<std::string>();
            const auto en = question == nullptr ? std::nullopt : (*question)["en"].value_exact<std::string>();
            const auto sheet =
                question == nullptr ? std::nullopt : (*question)["sheet"].value_exact<std::string>();
            if (!ja || !en || !sheet || (*sheet != "quote" && *sheet != "order" && *sheet != "both"))
                return invalid(std::string(name.str()) +
                               " needs ja, en, and sheet = \"quote\", \"order\" or \"both\"");
            if (*sheet == "both" || (*sheet == "quote") == (kind == Kind::quote))
                found.emplace_back(node.source().begin.line, Text{*ja, *en});
        }
    } catch (const toml::parse_error& error) {
        return invalid("line " + std::to_string(error.source().begin.line) + ": " +
                       std::string(error.description()));
    }
    std::ranges::stable_sort(found, {}, &std::pair<std::uint32_t, Text>::first);
    std::vector<Text> questions;
    for (auto& [line, question] : found)
        questions.push_back(std::move(question));
    return questions;
}

std::vector<Text> questions_for(Kind kind) {
    return parse_questions(data::questions_toml, kind).value();
}

} // namespace kaomon::procure
