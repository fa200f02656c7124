// The words of an enum: what its values are called in messages, files and on command lines.
//
// An enum has words where `words_of` stands beside it and gives them in the order of the enum, whose values
// count from 0:
//
//     enum class Method : std::uint8_t { face, pin, visual_check };
//     consteval auto words_of(Method) { return in_words("face", "pin", "visual_check"); }
//
// A test reads the enumerators and fails where a word is missing or stands in another's place.
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>

namespace kaomon {

template<std::convertible_to<std::string_view>... Words>
consteval auto in_words(Words... words) {
    return std::array<std::string_view, sizeof...(words)>{words...};
}

template<class E>
concept Worded = std::is_enum_v<E> && requires(E value) { words_of(value); };

namespace detail {
template<Worded E>
inline constexpr auto words = words_of(E{});
template<Worded E>
inline constexpr auto values = [] {
    std::array<E, words<E>.size()> all{};
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = static_cast<E>(i);
    return all;
}();
} // namespace detail

// All reentrant.
template<Worded E>
constexpr std::span<const std::string_view> words() noexcept {
    return detail::words<E>;
}
template<Worded E>
constexpr std::span<const E> values() noexcept {
    return detail::values<E>;
}
template<Worded E>
constexpr std::string_view word(E value) noexcept {
    return detail::words<E>[static_cast<std::size_t>(value)];
}
template<Worded E>
constexpr std::optional<E> from_word(std::string_view text) noexcept {
    const auto found = std::ranges::find(detail::words<E>, text);
    if (found == detail::words<E>.end())
        return std::nullopt;
    return static_cast<E>(found - detail::words<E>.begin());
}

} // namespace kaomon
