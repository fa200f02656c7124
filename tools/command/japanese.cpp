#include "tools/command/japanese.hpp"

#include <array>
#include <map>
#include <memory>
#include <regex>
#include <set>
#include <utility>

namespace kaomon::command {
namespace {

using Dictionary = std::map<std::string_view, std::string_view>;

Dictionary dictionary_of(std::span<const Sentence> sentences) {
    Dictionary all{
#define X(english, japanese) {english, japanese},
#include "tools/command/help_japanese.inc"
#undef X
    };
    for (const Sentence& one : sentences)
        all.emplace(one.english, one.japanese);
    return all;
}

std::string in_japanese(const Dictionary& dictionary, const std::string& english) {
    const auto found = dictionary.find(english);
    return found == dictionary.end() ? english : std::string(found->second);
}

// "INT:INT in [1 - 9]" as "整数 1 から 9", "TEXT:{ja,en}" as "{ja,en}".
std::string value_in_japanese(const std::string& full) {
    static const std::map<std::string_view, std::string_view> types{
        {"TEXT", "文字"}, {"INT", "整数"}, {"UINT", "整数"}, {"FLOAT", "数"}, {"LANG", "言葉"}};
    const std::string type = full.substr(0, full.find(':'));
    const auto known = types.find(type);
    std::string text(known == types.end() ? std::string_view(type) : known->second);
    if (const auto open = full.find('{'); open != full.npos)
        return text + " " +
               std::regex_replace(full.substr(open, full.find('}') - open + 1), std::regex("->[^,}]*"), "");
    static const std::regex range(R"(\[(\S+) - (\S+)\])");
    std::smatch found;
    if (std::regex_search(full, found, range))
        text += " " + found[1].str() + " から " + found[2].str();
    return text;
}

std::string names_of(const std::set<CLI::Option*>& options) {
    std::string names;
    for (const CLI::Option* one : options)
        names += (names.empty() ? "" : "、") + one->get_name();
    return names;
}

// What CLI11's formatter puts behind an option's name, in Japanese.
std::string taken_by(const CLI::Option& option) {
    std::string text;
    if (option.get_items_expected_max() > 0) {
        text = value_in_japanese(option.get_type_name());
        if (!option.get_default_str().empty())
            text += "=" + option.get_default_str();
        if (option.get_required())
            text += "（必ず）";
    }
    if (!option.get_envname().empty())
        text += "（環境変数 " + option.get_envname() + "）";
    if (!option.get_needs().empty())
        text += "（" + names_of(option.get_needs()) + " も要る）";
    if (!option.get_excludes().empty())
        text += "（" + names_of(option.get_excludes()) + " とは使えない）";
    return text;
}

void put_into_japanese(CLI::App& app, const std::shared_ptr<CLI::FormatterBase>& formatter,
                       const Dictionary& dictionary) {
    app.formatter(formatter);
    app.description(in_japanese(dictionary, app.get_description()));
    app.footer(in_japanese(dictionary, app.get_footer()));
    for (CLI::Option* option : app.get_options()) {
        option->description(in_japanese(dictionary, option->get_description()));
        if (!option->get_group().empty())
            option->group("選べること");
        if (const std::string text = taken_by(*option); !text.empty())
            option->option_text(text);
    }
    for (CLI::App* sub : app.get_subcommands([](CLI::App*) { return true; })) {
        sub->group("命令");
        put_into_japanese(*sub, formatter, dictionary);
    }
}

struct Pattern {
    const char* english;  // ECMAScript
    const char* japanese; // $1 …
};

// What CLI11 2.1 to 2.4 says (CLI/Error.hpp, CLI/Validators.hpp); the first that fits. What
// has no Japanese keeps its English reason: it names the value.
constexpr std::array patterns{
    Pattern{"^A subcommand is required$", "命令を一つ指定してください。"},
    Pattern{"^(.*) is required$", "$1 が必要です。"},
    Pattern{"^The following arguments? (?:was|were) not expected: (.*)$", "知らない引数です: $1"},
    Pattern{"^(.*?): (?:Check )?(.*?)(?: VALUE)? not in \\{(.*)\\}.*$",
            "$1 に「$2」は使えません。使えるもの: $3"},
    Pattern{"^(.*?): Value (.*) not in range (?:\\[)?(.*?) (?:to|-) (.*?)(?:\\])?$",
            "$1 に「$2」は使えません。$3 から $4 までです。"},
    Pattern{"^(.*?): File does not exist: (.*)$", "$1: ファイルがありません: $2"},
    Pattern{"^(.*?): Directory does not exist: (.*)$", "$1: フォルダーがありません: $2"},
    Pattern{"^Could not convert: (.*?) = (.*)$", "$1 に「$2」は使えません。数を書いてください。"},
    Pattern{"^The value (.*) is not an allowed value for (.*)$", "$2 に「$1」は使えません。"},
    Pattern{"^(.*?): \\d+ required .* missing$", "$1 に値がありません。"},
    Pattern{"^(.*?): At [Ll]east (\\d+) required.*$", "$1 には $2 個以上の値が要ります。"},
    Pattern{"^(.*?): At [Mm]ost (\\d+) required.*$", "$1 の値は $2 個までです。"},
    Pattern{"^Expected (?:exactly|at least) (\\d+) arguments to (.*), got .*$",
            "$2 には $1 個の値が要ります。"},
    Pattern{"^(.*) requires (.*)$", "$1 を使うときは $2 も要ります。"},
    Pattern{"^(.*) excludes (.*)$", "$1 と $2 は一緒に使えません。"},
    Pattern{"^(.*?): (.*)$", "$1 の値が正しくありません: $2"}};

} // namespace

std::optional<Language> language_of_arguments(std::span<char* const> arguments) {
    const auto language = [](std::string_view word) -> std::optional<Language> {
        if (word == "ja")
            return Language::japanese;
        return word == "en" ? std::optional(Language::english) : std::nullopt;
    };
    for (std::size_t at = 1; at < arguments.size(); ++at) {
        const std::string_view argument = arguments[at];
        if (argument == "--lang" && at + 1 < arguments.size())
            return language(arguments[at + 1]);
        if (argument.starts_with("--lang="))
            return language(argument.substr(7));
    }
    return std::nullopt;
}

void put_into_japanese(CLI::App& app, const std::string& description, const std::string& footer,
                       std::span<const Sentence> sentences) {
    const auto formatter = std::make_shared<CLI::Formatter>();
    for (const auto& [english, japanese] : {std::pair{"Usage", "使い方"},
                                            {"OPTIONS", "選べること"},
                                            {"SUBCOMMAND", "命令"},
                                            {"SUBCOMMANDS", "命令"},
                                            {"Positionals", "引数"}})
        formatter->label(english, japanese);
    Dictionary dictionary = dictionary_of(sentences);
    const std::string own_footer = app.get_footer(), own_description = app.get_description();
    dictionary.emplace(own_footer, footer); // commands inherit it
    dictionary.emplace(own_description, description);
    put_into_japanese(app, formatter, dictionary);
}

std::string usage_error_in_japanese(const CLI::ParseError& error) {
    const std::string said = error.what();
    for (const Pattern& pattern : patterns) {
        const std::regex english(pattern.english);
        if (std::regex_match(said, english))
            return std::regex_replace(said, english, pattern.japanese);
    }
    return "命令の書き方が違います: " + said;
}

std::string clause_in_japanese(std::string_view english) {
    static constexpr std::pair<std::string_view, std::string_view> endings[]{
        {": holds no PIN", " に暗証番号が書かれていません。"},
        {": cannot be read, or is empty", " を読めないか、空です。"},
        {": cannot be read", " を読めません。"},
        {": cannot be written", " に書けません。"},
        {": No such file or directory", " が見つかりません。"},
        {": Permission denied", " を使う権限がありません。"},
        {": Is a directory", " はフォルダーです。"},
        {": Connection refused", " に応答がありません。"},
        {"no random numbers", "乱数を作れません。"},
        {"no number was given", "番号が入力されませんでした。"},
        {"neither y nor n", "y か n で答えてください。"},
        {"the line is over 128 characters", "一行は128文字までです。"},
        {"the parameters are not a JSON object", "項目は JSON のオブジェクトで書いてください。"},
        {"the socket's path is empty or over 107 bytes", "ソケットのパスは1から107文字です。"},
        {"the daemon closed the connection", "接続が切れました。"},
        {"the daemon did not answer within 5 s", "5秒待っても応答がありません。"},
        {"the daemon gave no verdict", "判定が届きませんでした。"},
        {"the daemon told no status", "状態が届きませんでした。"}};
    for (const auto& [ending, japanese] : endings) {
        if (english.ends_with(ending))
            return std::string(english.substr(0, english.size() - ending.size())) + std::string(japanese);
    }
    return {};
}

} // namespace kaomon::command
