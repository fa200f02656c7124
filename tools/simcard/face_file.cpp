#include "tools/simcard/face_file.hpp"

#include <iconv.h>

#include <array>
#include <cstdio>
#include <string_view>

namespace kaomon::tools::simcard {
namespace {

enum class Encoding : bool { utf_8, shift_jis };

// One kind of file. The person in all of them is nobody.
struct Example {
    std::string_view japanese, english;
    char reference = '1'; // ReferenceClassification: 1 my number card, 2 insurance card
    char segment = '1';   // SegmentOfResult: 1 done, 2 in progress, 9 error
    char validity = '1';  // QualificationValidity: 1 valid, 2 not, 3 not, with a newer one, 4 none, 5 several
    int results = 1;      // entries of ResultList
    std::string_view name = "試験　花子", kana = "ｼｹﾝ ﾊﾅｺ"; // the kana half as wide
    std::string_view message = "";                          // ProcessingResultMessage
    Encoding encoding = Encoding::utf_8;
};

constexpr std::array examples{
    Example{.japanese = "資格は有効", .english = "valid"},
    Example{.japanese = "資格は有効、文字コードは Shift_JIS",
            .english = "valid, in Shift_JIS",
            .encoding = Encoding::shift_jis},
    Example{.japanese = "氏名に表せない文字（●）",
            .english = "a character of the name that could not be written (●)",
            .name = "試●　花子"},
    Example{.japanese = "証明書の期限が近いというお知らせ",
            .english = "a notice: the certificate ends soon",
            .message = "電子証明書の有効期限まで３か月以内です。"},
    Example{.japanese = "健康保険証で照会", .english = "asked with an insurance card", .reference = '2'},
    Example{.japanese = "資格は無効", .english = "not valid", .validity = '2'},
    Example{.japanese = "資格は無効、新しい資格あり",
            .english = "not valid, there is a newer one",
            .validity = '3'},
    Example{.japanese = "資格なし", .english = "none", .validity = '4', .results = 0},
    Example{.japanese = "資格が複数", .english = "several", .validity = '5', .results = 2},
    Example{.japanese = "処理中", .english = "in progress", .segment = '2', .results = 0},
    Example{.japanese = "エラー", .english = "error", .segment = '9', .results = 0},
};

std::string element(std::string_view name, std::string_view content) {
    return "<" + std::string(name) + ">" + std::string(content) + "</" + std::string(name) + ">\n";
}

std::string two(std::size_t number) {
    return {static_cast<char>('0' + number / 10 % 10), static_cast<char>('0' + number % 10)};
}

// Ten zeros are no institution, eight no insurer: neither number is given out.
std::string qualification(const Example& example, int which) {
    const bool ended =
        example.validity == '2' || example.validity == '3' || (example.validity == '5' && which == 0);
    std::string text = element("InsuredCardClassification", "01") + element("InsurerNumber", "00000000") +
                       element("InsuredCardSymbol", "試験") +
                       element("InsuredIdentificationNumber", which == 0 ? "1" : "2") +
                       element("InsuredBranchNumber", "01") + element("Name", example.name) +
                       element("NameKana", example.kana) + element("Birthdate", "19850505") +
                       element("Address", "試験県試験市０－０") + element("PostNumber", "000-0000") +
                       element("QualificationDate", "20200401");
    if (ended)
        text += element("DisqualificationDate", "20250331");
    return element("ResultOfQualificationConfirmation",
                   "\n" + text + element("InsurerName", "試験用の保険者（実在しません）"));
}

std::string body(const Example& example) {
    if (example.segment != '1')
        return "";
    std::string results;
    for (int which = 0; which < example.results; ++which)
        results += qualification(example, which);
    return element("ProcessingResultStatus", "1") + element("ProcessingResultMessage", example.message) +
           element("QualificationValidity", std::string(1, example.validity)) +
           element("PrescriptionIssueSelect", "2") + element("ResultList", "\n" + results);
}

std::string xml(const Example& example, const std::string& id, const std::string& moment) {
    const bool shift_jis = example.encoding == Encoding::shift_jis;
    std::string header = element("ProcessExecutionTime", moment) +
                         element("QualificationConfirmationDate", moment.substr(0, 8)) +
                         element("MedicalInstitutionCode", "0000000000") +
                         element("ArbitraryFileIdentifier", id) +
                         element("ReferenceClassification", std::string(1, example.reference)) +
                         element("SegmentOfResult", std::string(1, example.segment)) +
                         element("CharacterCodeIdentifier", shift_jis ? "1" : "0");
    if (example.segment == '9')
        header += element("ErrorCode", "KAOMONTEST") + element("ErrorMessage", "試験用のエラーです。");
    return std::string("<?xml version=\"1.0\" encoding=\"") + (shift_jis ? "Shift_JIS" : "UTF-8") +
           "\" standalone=\"no\"?>\n<!-- KAOMON TEST 試験用。実在の人ではありません。 -->\n" +
           element("XmlMsg", "\n" + element("MessageHeader", "\n" + header) +
                                 element("MessageBody", "\n" + body(example)));
}

// CP932 is what is called Shift_JIS on the terminal's Windows.
Result<std::string> in_shift_jis(std::string text) {
    const iconv_t converter = iconv_open("CP932", "UTF-8");
    if (converter == reinterpret_cast<iconv_t>(-1)) // NOLINT(performance-no-int-to-ptr): iconv_open(3)
        return fail(Reason::internal_error, "this machine cannot write Shift_JIS");
    std::string converted(text.size() * 2, '\0');
    char* from = text.data();
    char* to = converted.data();
    std::size_t left = text.size(), room = converted.size();
    const bool done = iconv(converter, &from, &left, &to, &room) != static_cast<std::size_t>(-1);
    iconv_close(converter);
    if (!done)
        return fail(Reason::internal_error, "a character is not in Shift_JIS");
    converted.resize(converted.size() - room);
    return converted;
}

std::string digits_of(std::chrono::sys_seconds now) {
    constexpr std::chrono::hours japan{9}; // UTC+9, no summer time
    const auto day = std::chrono::floor<std::chrono::days>(now + japan);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{now + japan - day};
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d%02u%02u%02d%02d%02d", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return text.data();
}

} // namespace

Result<std::vector<FaceFile>> face_files(std::chrono::sys_seconds now) {
    std::vector<FaceFile> files;
    for (const Example& example : examples) {
        const std::string id = "KAOMONTEST" + two(files.size() + 1), moment = digits_of(now);
        std::string text = xml(example, id, moment);
        if (example.encoding == Encoding::shift_jis) {
            auto converted = in_shift_jis(std::move(text));
            if (!converted)
                return std::unexpected(converted.error());
            text = std::move(*converted);
        }
        files.push_back({"OQSsiquc01res_face_" + id + "_" + moment + ".xml", std::string(example.japanese),
                         std::string(example.english), std::move(text)});
    }
    return files;
}

} // namespace kaomon::tools::simcard
