// The methods by which a patient can be verified.
#pragma once

#include "proto/words.hpp"

#include <cstdint>
#include <vector>

namespace kaomon {

enum class Method : std::uint8_t { face, pin, visual_check };
consteval auto words_of(Method) {
    return in_words("face", "pin", "visual_check");
}

// The claim `amr` of a method: authentication method references of RFC 8176, section 2 (face: facial
// recognition; pin: PIN; sc: a smart card). For a comparison by eye it has none: visual_check is our own.
// Reentrant.
inline std::vector<std::string_view> amr_of(Method method) {
    if (method == Method::visual_check)
        return {word(method)};
    return {word(method), "sc"};
}

// The method whose claim that is; empty where it is no method's. Reentrant.
inline std::optional<Method> method_of_amr(std::span<const std::string_view> amr) {
    for (const Method method : values<Method>()) {
        if (std::ranges::equal(amr_of(method), amr))
            return method;
    }
    return std::nullopt;
}

} // namespace kaomon
