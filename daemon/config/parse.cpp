#include "daemon/config/config.hpp"
#include "daemon/config/key_name.hpp"
#include "drivers/base/spelling.hpp"
#include "drivers/base/toml_screen.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>

namespace kaomon::config {
namespace {

constexpr std::size_t max_items = 64;        // in a list
constexpr std::size_t max_text = 1024;       // bytes
constexpr std::size_t max_socket_path = 107; // sun_path less its final zero

struct Problem {
    toml::source_index line;
    std::string text;
};

bool is_plain(std::string_view text) {
    return text.size() <= max_text && std::ranges::none_of(text, [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
           });
}

class Reader {
  public:
    Reader(Config& config, const toml::table& root) : config_(config), root_(root) {}

    // The topmost problem, if there is one.
    std::optional<Problem> read() {
        for (const auto& [name, node] : root_)
            section(name, node);
        if (!problem_)
            relations();
        return problem_;
    }

  private:
    void note(const toml::node& node, std::string text) { note(node.source().begin.line, std::move(text)); }
    void note(toml::source_index line, std::string text) {
        if (!problem_ || line < problem_->line)
            problem_ = Problem{line, std::move(text)};
    }

    static std::string unknown(const std::string& what, std::string_view typed,
                               std::span<const std::string_view> known) {
        const auto meant = nearest(typed, known);
        return what + (meant.empty() ? "" : "; did you mean \"" + std::string(meant) + "\"?");
    }

    void section(const toml::key& name, const toml::node& node) {
        std::vector<std::string_view> known;
        for (const auto& one : sections())
            known.push_back(one.name);
        if (std::ranges::find(known, name.str()) == known.end())
            return note(name.source().begin.line,
                        unknown(shown(name) + ": unknown section", name.str(), known));
        const toml::table* table = node.as_table();
        if (table == nullptr)
            return note(name.source().begin.line, shown(name) + ": must be a section: [" + shown(name) + "]");
        std::vector<std::string_view> names;
        for (const auto& key : keys())
            if (key.section == name.str())
                names.push_back(key.name);
        for (const auto& [key_name, value] : *table) {
            const auto found = std::ranges::find_if(keys(), [&](const Key& key) {
                return key.section == name.str() && key.name == key_name.str();
            });
            if (found != keys().end())
                set(*found, value);
            else
                note(key_name.source().begin.line,
                     unknown(shown(name) + '.' + shown(key_name) + ": unknown key", key_name.str(), names));
        }
    }

    // A name as it was typed, as far as it is fit to be printed.
    static std::string shown(const toml::key& name) {
        return is_plain(name.str()) ? std::string(name.str().substr(0, 40)) : std::string("(a strange name)");
    }

    void set(const Key& key, const toml::node& node) {
        const bool taken =
            std::visit([&](auto* target) { return take(key, node, *target); }, key.target(config_));
        if (!taken)
            note(node, refusal(key, node).value_or(refusal_of(key)));
    }

    // Where a known word is the trouble: why.
    static std::optional<std::string> refusal(const Key& key, const toml::node& node) {
        const toml::array* list = node.as_array();
        if (key.refused == nullptr || list == nullptr)
            return std::nullopt;
        for (const toml::node& item : *list) {
            const auto word = item.value_exact<std::string>();
            if (const auto why = word ? key.refused(*word) : std::string_view{}; !why.empty())
                return name_of(key) + ": " + *word + ": " + std::string(why);
        }
        return std::nullopt;
    }

    static bool take(const Key& key, const toml::node& node, std::string& target) {
        const auto text = node.value_exact<std::string>();
        if (!text || !is_plain(*text))
            return false;
        if (text->empty() && !key.may_be_empty)
            return false;
        target = *text;
        return true;
    }
    static bool take(const Key& key, const toml::node& node, std::filesystem::path& target) {
        const auto text = node.value_exact<std::string>();
        if (!text || !is_plain(*text) || (text->empty() ? !key.may_be_empty : text->front() != '/'))
            return false;
        target = *text;
        return true;
    }
    static bool take(const Key&, const toml::node& node, bool& target) {
        const auto given = node.value_exact<bool>();
        target = given.value_or(target);
        return given.has_value();
    }
    static bool take(const Key& key, const toml::node& node, Milliseconds& target) {
        const auto number = in_range(key, node);
        if (number)
            target = Milliseconds{*number};
        return number.has_value();
    }
    template<std::integral T>
    static bool take(const Key& key, const toml::node& node, T& target) {
        const auto number = in_range(key, node); // the table's ranges fit their targets: a test looks
        if (number)
            target = static_cast<T>(*number);
        return number.has_value();
    }
    template<Worded E>
    static bool take(const Key& key, const toml::node& node, E& target) {
        const auto text = node.value_exact<std::string>();
        const auto known = text ? from_word<E>(*text) : std::nullopt;
        if (!known || (key.refused != nullptr && !key.refused(*text).empty()))
            return false;
        target = *known;
        return true;
    }
    template<class T>
    static bool take(const Key& key, const toml::node& node, std::vector<T>& target) {
        const toml::array* list = node.as_array();
        if (list == nullptr || list->size() > max_items)
            return false;
        std::vector<T> read;
        for (const toml::node& item : *list)
            if (!take(key, item, read.emplace_back()))
                return false;
        target = std::move(read);
        return true;
    }

    static std::optional<std::int64_t> in_range(const Key& key, const toml::node& node) {
        const auto number = node.value_exact<std::int64_t>();
        if (!number || *number < key.lowest || *number > key.highest)
            return std::nullopt;
        return number;
    }

    // What no single key can tell.
    void relations() {
        if (config_.camera.source == camera::Source::simulated && config_.camera.stills.empty())
            note(*root_["camera"]["source"].node(),
                 "camera.stills: the simulated camera needs at least one JPEG file");
        if (config_.socket.path.native().size() > max_socket_path)
            note(*root_["socket"]["path"].node(), "socket.path: must be at most 107 bytes long");
    }

    Config& config_;
    const toml::table& root_;
    std::optional<Problem> problem_;
};

} // namespace

kaomon::Result<Config> parse(std::string_view toml_text, std::string_view name) {
    const auto refuse = [name](const Problem& problem) {
        return fail(Reason::config_invalid,
                    std::string(name) + ':' + std::to_string(problem.line) + ": " + problem.text);
    };
    if (toml_text.size() > largest_file)
        return refuse({1, "larger than 64 KiB"});
    if (const auto flaw = screen_toml(toml_text))
        return refuse({flaw->line, "not valid TOML: " + flaw->text});
    try {
        const toml::table parsed = toml::parse(toml_text, name);
        Config config;
        if (const auto problem = Reader(config, parsed).read())
            return refuse(*problem);
        return config;
    } catch (const toml::parse_error& error) {
        // toml++ quotes what it met; a file that is not text at all must not reach a terminal through us
        const std::string_view why = error.description();
        return refuse({error.source().begin.line, is_plain(why) ? "not valid TOML: " + std::string(why)
                                                                : std::string("not valid TOML")});
    }
}

} // namespace kaomon::config
