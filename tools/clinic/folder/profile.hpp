// What the clinic says of itself: clinic.toml in its folder.
#pragma once

#include "tools/clinic/folder/folder.hpp"
#include "tools/clinic/folder/institution.hpp"
#include "tools/words/day.hpp"

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kaomon::clinic {

// One table for the file, `kaomon-clinic profile` and what is still missing. All values are texts; empty: not
// said yet.
struct Field {
    std::string_view key; // as in the file: "name", "contact.person"
    Text name;            // for people
    Text hint;            // what to write; behind '#' in the file
};
std::span<const Field> fields();
// A type of line for people: "IP-VPN（NTT西日本）"; a word that is not known as it is. Reentrant.
Text line_text(std::string_view line);

class Profile {
  public:
    // `key` must be one of fields(). Empty where nothing is said.
    const std::string& operator[](std::string_view key) const;
    // Refuses unknown keys and values that cannot be: word unknown_key, impossible_value.
    Outcome<void> set(std::string_view key, std::string value);

    std::optional<Month> open() const { return parse_month((*this)["open"]); }
    std::optional<InstitutionKind> kind() const { return from_word<InstitutionKind>((*this)["kind"]); }
    friend bool operator==(const Profile&, const Profile&) = default;

  private:
    std::map<std::string, std::string, std::less<>> values_; // what is said, nothing else
};

inline constexpr const char* profile_file = "clinic.toml";
Outcome<Profile> parse_profile(std::string_view toml); // word: profile_invalid, with the line
std::string print_profile(const Profile& profile);     // with every field and its hint

// An empty profile where there is no file yet.
Outcome<Profile> read_profile(Folder& folder);
// The values are put into the file that is there, line by line: its comments stay.
Outcome<void> write_profile(Folder& folder, const Profile& profile);

} // namespace kaomon::clinic
