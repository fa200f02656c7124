#include "tools/clinic/choose/vendor_answers.hpp"

#include <array>

namespace kaomon::choose {
namespace {

using clinic::PhoneReading;
using clinic::ReaderGeneration;

Criterion of_generation(ReaderGeneration generation) {
    Criterion one{.word = "generation", .name = {"世代", "generation"}, .grade = Grade::pass};
    one.shown = clinic::generation_text(generation);
    if (generation == ReaderGeneration::current) {
        one.grade = Grade::conditional;
        one.reason = {
            "現行の世代です。保守は2026年3月から機種ごとに順に終わるので、終わる日を書面でもらってください。",
            "of the current generation: maintenance ends model by model from March 2026, so have the day in "
            "writing"};
    }
    return one;
}

Criterion of_maintenance(Date until, Date today) {
    Criterion one{
        .word = "maintenance_until", .name = {"保守の終わる日", "end of maintenance"}, .grade = Grade::pass};
    one.shown = day_text(until);
    if (until < today) {
        one.grade = Grade::fail;
        one.reason = {"保守は" + day_text(until).ja + "に終わっています。",
                      "maintenance ended on " + day_text(until).en};
    } else if (days_between(today, until) < maintained_long_enough) {
        one.grade = Grade::conditional;
        one.reason = {"保守は" + day_text(until).ja + "に終わります。替え方と費用を先に決めてください。",
                      "maintenance ends on " + day_text(until).en +
                          ": settle first what follows, at which price"};
    }
    return one;
}

Criterion of_phones(PhoneReading phones) {
    Criterion one{.word = "phones", .name = {"スマートフォン", "telephones"}, .grade = Grade::pass};
    one.shown = clinic::phones_text(phones);
    if (phones != PhoneReading::built_in)
        one.grade = Grade::conditional;
    if (phones == PhoneReading::separate)
        one.reason = {"スマートフォンには別の汎用リーダーが要ります（約1万円、補助は半額で上限約5千円）。",
                      "telephones need a generic reader beside it (about 10,000 yen, half subsidised up to "
                      "about 5,000)"};
    if (phones == PhoneReading::no)
        one.reason = {"スマートフォンのマイナ保険証を受け付けられません。", "telephones cannot be taken"};
    return one;
}

} // namespace

void add_answers(Measurement& reader, const VendorAnswers& answers, Date today) {
    if (answers.generation)
        reader.criteria.push_back(of_generation(*answers.generation));
    if (answers.maintenance_until)
        reader.criteria.push_back(of_maintenance(*answers.maintenance_until, today));
    if (answers.phones)
        reader.criteria.push_back(of_phones(*answers.phones));
}

std::vector<Text> open_questions(std::span<const Measurement> measurements) {
    struct Question {
        const char* word;
        Text text;
    };
    static const std::array<Question, 3> all{{
        {"generation",
         {"現行と次期のどちらの世代ですか（--generation）", "current or next generation? (--generation)"}},
        {"maintenance_until",
         {"保守はいつまでですか。現行機の保守は2026年3月から順に終わります（--maintenance-until）",
          "maintained until when? That of present models ends one after the other from March 2026 "
          "(--maintenance-until)"}},
        {"phones",
         {"スマートフォンを本体で読めますか（--phones）", "does it read telephones itself? (--phones)"}},
    }};
    std::vector<Text> questions;
    for (const Question& question : all) {
        std::string names;
        for (const Measurement& one : measurements) {
            if (one.device == Device::reader && one.find(question.word) == nullptr)
                names += (names.empty() ? "" : ", ") + one.name;
        }
        if (!names.empty())
            questions.push_back({names + ": " + question.text.ja, names + ": " + question.text.en});
    }
    return questions;
}

} // namespace kaomon::choose
