// The 47 prefectures, as people write them.
#pragma once

#include "tools/words/trouble.hpp"

#include <array>
#include <string>
#include <string_view>

namespace kaomon::introduction {

struct Prefecture {
    std::string_view name;  // 愛媛県
    std::string_view roman; // Ehime
};
extern const std::array<Prefecture, 47> prefectures;

// "愛媛県", "愛媛", "Ehime", "ehime-ken" as "愛媛県"; Hepburn, Kunrei or wapuro, with or without marks of
// length: "Tōkyō", "Toukyou", "Ohsaka", "Hyougo", "Gumma", "Sizuoka". Word: unknown_prefecture, with the
// nearest spelling. Reentrant.
Outcome<std::string> spelled(std::string_view prefecture);

} // namespace kaomon::introduction
