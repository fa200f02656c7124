#include "tools/clinic/folder/profile.hpp"

#include <array>
#include <utility>

namespace kaomon::clinic {
namespace {

const std::array<Field, 24> table{{
    {"name",
     {"医療機関の名前", "name of the institution"},
     {"例: みかん内科クリニック", "as it will be designated"}},
    {"kind",
     {"種類", "kind of institution"},
     {"診療所 (clinic), 歯科 (dental), 病院 (hospital), 薬局 (pharmacy) のどれか",
      "clinic, dental, hospital, pharmacy"}},
    {"prefecture", {"都道府県", "prefecture"}, {"例: 愛媛県", "as in 愛媛県"}},
    {"open", {"診療開始月", "opening month"}, {"例: 2027-04、令和9年4月", "YYYY-MM"}},
    {"contact.person", {"担当者", "person to talk to"}, {"", ""}},
    {"contact.telephone", {"電話", "telephone"}, {"", ""}},
    {"contact.mail", {"メール", "mail"}, {"", ""}},
    {"contact.postal_code", {"郵便番号", "postal code"}, {"", ""}},
    {"contact.address", {"住所", "address"}, {"", ""}},
    {"desk.count", {"受付の数", "number of desks"}, {"顔認証を置く受付の数: 1 から 99", "1..99"}},
    {"order.reader",
     {"カードリーダー", "card reader"},
     {"空欄なら測定で一番よかったもの", "empty: the best one measured"}},
    {"order.camera",
     {"カメラ", "camera"},
     {"空欄なら測定で一番よかったもの", "empty: the best one measured"}},
    {"order.pc", {"パソコン", "computer"}, {"例: 小型PC、Debian 12", "e.g. small PC, Debian 12"}},
    {"order.receipt_system", {"レセコン", "receipt system"}, {"例: 日レセ 5.2", "name and version"}},
    {"order.vendor",
     {"システム事業者", "system vendor"},
     {"見積依頼書の宛先", "whom the quote is asked from"}},
    {"order.carrier", {"回線事業者", "network carrier"}, {"", ""}},
    {"order.wanted_by",
     {"納入希望日", "wanted by"},
     {"例: 2027-02-26。空欄なら日程から決めます", "YYYY-MM-DD; empty: out of the plan"}},
    {"order.notes", {"備考", "notes"}, {"", ""}},
    {"reader.model",
     {"公式の顔認証付きカードリーダー", "official face reader"},
     {"機種の名前。例: Hi-CARA, Caora, マイナタッチ, XC-STFR, EXC-9200", "its model"}},
    {"reader.generation",
     {"その世代", "its generation"},
     {"現行 (current) か 次期 (next)", "current or next"}},
    {"reader.maintenance_until",
     {"その保守の終わる日", "its end of maintenance"},
     {"メーカーに聞いた日。例: 2028-03-31", "as the maker says: YYYY-MM-DD"}},
    {"reader.phones",
     {"スマートフォンの読み取り", "telephones"},
     {"本体 (built_in)、別のリーダー (separate)、なし (no) のどれか", "built_in, separate or no"}},
    {"network.line",
     {"回線の種類", "type of line"},
     {"ipvpn-east, ipvpn-west, ipsec-router, ipsec-client",
      "ipvpn-east, ipvpn-west, ipsec-router, ipsec-client"}},
    {"network.interface", {"資格確認用のネットワーク口", "network interface"}, {"例: enp1s0", "e.g. enp1s0"}},
}};

} // namespace

std::span<const Field> fields() {
    return table;
}

Text line_text(std::string_view line) {
    if (line == "ipvpn-east")
        return {"IP-VPN（東日本）", "IP-VPN (east)"};
    if (line == "ipvpn-west")
        return {"IP-VPN（西日本）", "IP-VPN (west)"};
    if (line == "ipsec-router")
        return {"IPsec+IKE（ルーター型）", "IPsec+IKE (in the router)"};
    if (line == "ipsec-client")
        return {"IPsec+IKE（パソコンに入れる型）", "IPsec+IKE (client on the computer)"};
    return {std::string(line), std::string(line)};
}

std::optional<InstitutionKind> read_kind(std::string_view text) {
    using enum InstitutionKind;
    static constexpr std::pair<std::string_view, InstitutionKind> names[]{
        {"診療所（医科）", clinic}, {"診療所(医科)", clinic},   {"診療所", clinic},
        {"医科診療所", clinic},     {"医科", clinic},           {"クリニック", clinic},
        {"医院", clinic},           {"診療所（歯科）", dental}, {"診療所(歯科)", dental},
        {"歯科診療所", dental},     {"歯科医院", dental},       {"歯科", dental},
        {"病院", hospital},         {"保険薬局", pharmacy},     {"調剤薬局", pharmacy},
        {"薬局", pharmacy}};
    for (const auto& [name, kind] : names) {
        if (text == name)
            return kind;
    }
    return from_word<InstitutionKind>(text);
}

Text kind_text(InstitutionKind kind) {
    switch (kind) {
    case InstitutionKind::clinic:
        return {"診療所（医科）", "clinic (medical)"};
    case InstitutionKind::dental:
        return {"診療所（歯科）", "clinic (dental)"};
    case InstitutionKind::hospital:
        return {"病院", "hospital"};
    case InstitutionKind::pharmacy:
        break;
    }
    return {"薬局", "pharmacy"};
}

} // namespace kaomon::clinic
