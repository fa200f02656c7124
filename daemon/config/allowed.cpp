// What a key takes, in words.
#include "daemon/config/keys.hpp"

#include <limits>
#include <type_traits>

namespace kaomon::config {
namespace {

// The words that `key` takes.
std::string joined(const Key& key, std::span<const std::string_view> words) {
    std::string text;
    for (const auto word : words) {
        if (key.refused == nullptr || key.refused(word).empty())
            text.append(text.empty() ? "" : ", ").append(word);
    }
    return text;
}

template<class T>
constexpr bool is_list_of_words = false;
template<Worded E>
constexpr bool is_list_of_words<std::vector<E>> = true;

} // namespace

std::string what_is_allowed(const Key& key) {
    Config any;
    return std::visit(
        [&key]<class T>(T*) -> std::string {
            if constexpr (std::is_same_v<T, bool>)
                return "true or false";
            else if constexpr (std::is_same_v<T, std::filesystem::path>)
                return key.may_be_empty ? "an absolute path or \"\"" : "an absolute path";
            else if constexpr (std::is_same_v<T, std::vector<std::filesystem::path>>)
                return "a list of absolute paths";
            else if constexpr (is_list_of_words<T>)
                return "a list out of: " + joined(key, words<typename T::value_type>());
            else if constexpr (Worded<T>)
                return "one of: " + joined(key, words<T>());
            else if constexpr (std::is_same_v<T, std::vector<std::string>>)
                return "a list of texts";
            else if constexpr (std::is_same_v<T, std::string>)
                return "a text";
            else if (key.highest == std::numeric_limits<std::int64_t>::max())
                return "a whole number from " + std::to_string(key.lowest);
            else
                return "a whole number, " + std::to_string(key.lowest) + ".." + std::to_string(key.highest);
        },
        key.target(any));
}

} // namespace kaomon::config
