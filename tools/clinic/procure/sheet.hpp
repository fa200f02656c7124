// The request for a quote (見積依頼書) and the order (発注書), as what stands on them.
#pragma once

#include "tools/clinic/choose/ranking.hpp"
#include "tools/clinic/folder/profile.hpp"
#include "tools/clinic/introduction/plan.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kaomon::procure {

enum class Kind : unsigned char { quote, order };

struct Entry {
    std::string word; // snake_case, for machines
    Text label;
    Text value; // empty: a blank for the pen
};

struct Section {
    Text heading;
    std::vector<Entry> entries;
};

struct Sheet {
    Kind kind = Kind::quote;
    Text title;
    Date on{};
    std::string number; // "20261124-Q": of this sheet, for letters about it
    std::string to;     // whom it is for; empty: a blank
    std::vector<Section> sections;
    std::vector<Text> questions; // for the vendor to answer
    std::vector<Text> missing;   // what was left blank because nobody said it yet
    std::vector<Text> warnings;  // for the clinic before the sheet leaves the house; not on it
    bool simulated = false;      // a measured device on it was a simulated one
};

struct Facts {
    const clinic::Profile& profile;
    std::span<const choose::Measurement> measurements;
    const introduction::Plan* plan = nullptr; // null: month or prefecture not said yet
    Date today{};
};

// Reentrant.
Sheet make_sheet(Kind kind, const Facts& facts);

} // namespace kaomon::procure
