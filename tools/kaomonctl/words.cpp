#include "tools/kaomonctl/words.hpp"

#include "proto/exit_code.hpp"
#include "tools/command/japanese.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <array>

namespace kaomon::kaomonctl {
namespace {

namespace json = boost::json;

struct Wording {
    std::string_view word, japanese, english;
};

constexpr std::array<Wording, 10> states{
    {{"idle", "待機中", "idle"},
     {"waiting_card", "カード待ち", "waiting for a card"},
     {"reading_card", "カードを読み取り中", "reading the card"},
     {"waiting_access_number", "照合番号の入力待ち", "waiting for the number"},
     {"reading_photo", "写真を読み取り中", "reading the photograph"},
     {"preparing_reference", "写真を処理中", "preparing the photograph"},
     {"capturing_face", "顔を確認中", "looking at the face"},
     {"waiting_method", "ほかの確認方法の待ち", "waiting for another method"},
     {"checking_pin", "暗証番号を確認中", "checking the PIN"},
     {"concluded", "終了", "concluded"}}};

constexpr std::array<Wording, 3> decisions{{{"verified", "本人と確認しました", "VERIFIED"},
                                            {"not_verified", "本人と確認できません", "NOT VERIFIED"},
                                            {"undecided", "判定していません", "UNDECIDED"}}};

constexpr std::array<Wording, 46> terms{{{"face", "顔", "face"},
                                         {"pin", "暗証番号", "pin"},
                                         {"visual_check", "目視", "visual_check"},
                                         {"valid", "正しい", "valid"},
                                         {"invalid", "正しくない", "invalid"},
                                         {"not_checked", "未確認", "not_checked"},
                                         {"pass", "合格", "pass"},
                                         {"fail", "不合格", "fail"},
                                         {"not_assessed", "判定なし", "not_assessed"},
                                         {"feed_black", "暗い映像でない", "feed_black"},
                                         {"feed_frozen", "静止画でない", "feed_frozen"},
                                         {"feed_repeated", "繰り返しでない", "feed_repeated"},
                                         {"feed_spliced", "つなぎ合わせでない", "feed_spliced"},
                                         {"head_turn", "首の動き", "head_turn"},
                                         {"directed_movement", "求めた向きの動き", "directed_movement"},
                                         {"blink", "まばたき", "blink"},
                                         {"flash", "光への反応", "flash"},
                                         {"photo_replay", "カードの写真でない", "photo_replay"},
                                         {"moire", "画面でない", "moire"},
                                         {"card", "カード", "card"},
                                         {"camera", "カメラ", "camera"},
                                         {"test_card", "試験用カード", "test_card"},
                                         {"reader", "カードリーダー", "reader"},
                                         {"face_failed", "顔認証ができなかった", "face_failed"},
                                         {"no_photo", "写真がない", "no_photo"},
                                         {"cannot_face_camera", "カメラに向けない", "cannot_face_camera"},
                                         {"pin_failed", "暗証番号が使えなかった", "pin_failed"},
                                         {"card_locked", "カードがロックされている", "card_locked"},
                                         {"device_fault", "機器の故障", "device_fault"},
                                         {"other", "その他", "other"},
                                         {"normal", "標準", "normal"},
                                         {"strict", "厳しい", "strict"},
                                         {"very-strict", "とても厳しい", "very-strict"},
                                         {"measured", "測定による", "measured"},
                                         {"match", "一致", "match"},
                                         {"mismatch", "不一致", "mismatch"},
                                         {"chip_key", "カードの鍵", "chip_key"},
                                         {"sign_in_key", "電子証明書の鍵", "sign_in_key"},
                                         {"name", "氏名", "name"},
                                         {"birth_date", "生年月日", "birth date"},
                                         {"sex", "性別", "sex"},
                                         {"address", "住所", "address"},
                                         {"male", "男", "male"},
                                         {"female", "女", "female"},
                                         {"not_applicable", "記載なし", "not applicable"},
                                         {"patient", "患者本人", "the patient"}}};

template<std::size_t n>
std::string_view find(const std::array<Wording, n>& table, Language language, std::string_view word) {
    for (const Wording& wording : table) {
        if (wording.word == word)
            return say(language, wording.japanese, wording.english);
    }
    return word;
}

} // namespace

std::string_view state_text(Language language, std::string_view state) {
    return find(states, language, state);
}

std::string_view decision_text(Language language, std::string_view decision) {
    return find(decisions, language, decision);
}

std::string_view term(Language language, std::string_view word) {
    return find(terms, language, word);
}

std::string message_text(Language language, const json::object& message) {
    std::string text(text_at(message, say(language, "ja", "en")));
    if (language == Language::japanese && !text.empty())
        return text;
    return text + " (" + std::string(text_at(message, "word")) + ")";
}

std::string_view text_at(const json::object& object, std::string_view key) {
    const json::value* found = object.if_contains(key);
    return found != nullptr && found->is_string() ? std::string_view(found->get_string())
                                                  : std::string_view();
}

const json::object* object_at(const json::object& object, std::string_view key) {
    const json::value* found = object.if_contains(key);
    return found == nullptr ? nullptr : found->if_object();
}

std::string list_at(Language language, const json::object& object, std::string_view key) {
    std::string text;
    const json::value* found = object.if_contains(key);
    if (found == nullptr || !found->is_array())
        return text;
    for (const json::value& one : found->get_array()) {
        if (!one.is_string())
            continue;
        text += text.empty() ? "" : say(language, "、", ", ");
        text += term(language, std::string_view(one.get_string()));
    }
    return text;
}

int unreachable(const Common& common, std::string_view trouble) {
    if (common.json)
        print_json({{"error", "unreachable"}, {"socket", common.socket}, {"detail", trouble}});
    print_error(common, common.language() == Language::japanese
                            ? "kaomond につながりません。" + clause_in_japanese(trouble) +
                                  "動いているか、使う権限があるかを確かめてください: systemctl status kaomond"
                            : "cannot reach kaomond: " + std::string(trouble));
    return exit_unreachable;
}

int refused(const Common& common, bool json, const Reply& reply) {
    const Language language = common.language();
    if (json)
        print_json({{"error", reply.error}, {"parameters", reply.parameters}});
    const auto* reason = object_at(reply.parameters, "reason");
    std::string line = reply.error;
    if (reason != nullptr)
        line = language == Language::japanese ? message_text(language, *reason)
                                              : line + ": " + message_text(language, *reason);
    if (language == Language::english ||
        reason == nullptr) { // the rest is for engineers, in Japanese: --json
        for (const char* key : {"detail", "parameter", "method", "interface"}) {
            if (const auto text = text_at(reply.parameters, key); !text.empty())
                line += ": " + std::string(text);
        }
    }
    print_error(common, line);
    return reply.error == "org.kaomon.Device.Disconnected" ? exit_unreachable : exit_refused;
}

} // namespace kaomon::kaomonctl
