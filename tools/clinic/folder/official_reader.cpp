#include "tools/clinic/folder/official_reader.hpp"

#include <algorithm>

namespace kaomon::clinic {

const std::array<OfficialModel, 5> official_models{
    {{"Hi-CARA", "アトラス", PhoneReading::separate},
     {"Caora", "富士通Japan", PhoneReading::separate},
     {"マイナタッチ", "アルメックス", PhoneReading::separate},
     {"XC-STFR", "パナソニック", PhoneReading::separate},
     {"EXC-9200", "キヤノンマーケティングジャパン", PhoneReading::built_in}}};

Text generation_text(ReaderGeneration generation) {
    return generation == ReaderGeneration::next ? Text{"次期", "next"} : Text{"現行", "current"};
}

Text phones_text(PhoneReading phones) {
    switch (phones) {
    case PhoneReading::built_in:
        return {"本体で読める", "read by the reader itself"};
    case PhoneReading::separate:
        return {"別の汎用リーダーで読む", "read by a generic reader beside it"};
    case PhoneReading::no:
        break;
    }
    return {"読めない", "not read"};
}

std::optional<ReaderGeneration> read_generation(std::string_view text) {
    if (text == "現行" || text == "現行機")
        return ReaderGeneration::current;
    if (text == "次期" || text == "次期機" || text == "次世代")
        return ReaderGeneration::next;
    return from_word<ReaderGeneration>(text);
}

std::optional<PhoneReading> read_phones(std::string_view text) {
    if (text == "本体" || text == "本体で読める")
        return PhoneReading::built_in;
    if (text == "別" || text == "別の汎用リーダーで読む")
        return PhoneReading::separate;
    if (text == "なし" || text == "読めない")
        return PhoneReading::no;
    return from_word<PhoneReading>(text);
}

const OfficialModel* find_model(std::string_view text) {
    const auto found = std::ranges::find_if(
        official_models, [&](const OfficialModel& one) { return text.find(one.name) != text.npos; });
    return found == official_models.end() ? nullptr : &*found;
}

} // namespace kaomon::clinic
