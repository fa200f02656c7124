#include "tools/clinic/commands/introduce_desk.hpp"

#include "tools/clinic/commands/today.hpp"
#include "tools/clinic/introduction/prefecture.hpp"

#include <fstream>
#include <iterator>

namespace kaomon::clinic {
namespace {

using namespace introduction;

Outcome<Bureaus> rules_of(const std::string& file) {
    if (file.empty())
        return Bureaus::built_in();
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return trouble(exit_usage, "rules_invalid", {file + " を開けません。", file + " cannot be opened"},
                       {"ファイルの場所を確かめてください。", "look at the file's place"});
    return Bureaus::parse(std::string(std::istreambuf_iterator<char>(in), {}));
}

std::unexpected<Trouble> missing(const char* ja, const char* en, const char* example) {
    return trouble(exit_usage, "profile_incomplete",
                   {std::string(ja) + "がまだ決まっていません。", std::string(en) + " is not said yet"},
                   {std::string("例: ") + example, std::string("e.g. ") + example});
}

Outcome<Asked> asked_of(const IntroduceOptions& options, const clinic::Profile& profile) {
    Asked asked;
    const auto today = today_of(options.today);
    if (!today)
        return std::unexpected(today.error());
    asked.today = *today;
    const std::string open = options.open.empty() ? profile["open"] : options.open;
    if (open.empty())
        return missing("診療開始月", "the opening month", "--open 2027-04");
    const auto month = read_month(open);
    if (!month)
        return trouble(exit_usage, "impossible_month",
                       {"「" + open + "」という月はありません。", "there is no month '" + open + "'"},
                       {"例: --open 2027-04 または --open 令和9年4月", "e.g. --open 2027-04"});
    asked.open = *month;
    const std::string prefecture = options.prefecture.empty() ? profile["prefecture"] : options.prefecture;
    if (prefecture.empty())
        return missing("都道府県", "the prefecture", "--prefecture 愛媛県");
    const auto name = spelled(prefecture);
    if (!name)
        return std::unexpected(name.error());
    asked.prefecture = *name;
    const auto kind = options.kind.empty() ? profile.kind() : clinic::read_kind(options.kind);
    if (!kind && options.kind.empty())
        return missing("医療機関の種類", "the kind of institution", "--kind 診療所");
    if (!kind)
        return trouble(exit_usage, "unknown_kind",
                       {"「" + options.kind + "」という種類の医療機関はありません。",
                        "there is no kind of institution '" + options.kind + "'"},
                       {"診療所、歯科、病院、薬局のどれかを指定してください。",
                        "one of clinic, dental, hospital, pharmacy"});
    asked.kind = *kind;
    return asked;
}

} // namespace

Outcome<IntroduceDesk> open_desk(const Common& common, const IntroduceOptions& options) {
    IntroduceDesk desk{Staff(common), {}, {}, {}};
    auto profile = clinic::read_profile(desk.staff.folder);
    if (!profile)
        return std::unexpected(profile.error());
    desk.profile = std::move(*profile);
    auto record =
        desk.staff.folder.read<introduction::Record>(introduction::record_file, introduction::parse_record);
    if (!record)
        return std::unexpected(record.error());
    desk.record = record->value_or(introduction::Record{});
    const auto rules = rules_of(options.rules);
    if (!rules)
        return std::unexpected(rules.error());
    const auto asked = asked_of(options, desk.profile);
    if (!asked)
        return std::unexpected(asked.error());
    auto plan = make_plan(*rules, *asked, desk.record);
    if (!plan)
        return std::unexpected(plan.error());
    desk.plan = std::move(*plan);
    return desk;
}

} // namespace kaomon::clinic
