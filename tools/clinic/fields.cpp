#include "tools/clinic/profile.hpp"

#include <array>

namespace kaomon::clinic {
namespace {

const std::array<Field, 20> table{{
    {"name",
     {"医療機関の名前", "name of the institution"},
     {"例: みかん内科クリニック", "as it will be designated"}},
    {"kind",
     {"種類", "kind of institution"},
     {"clinic 診療所（医科）, dental 歯科, hospital 病院, pharmacy 薬局",
      "clinic, dental, hospital, pharmacy"}},
    {"prefecture", {"都道府県", "prefecture"}, {"例: 愛媛県", "as in 愛媛県"}},
    {"open", {"診療開始月", "opening month"}, {"例: 2027-04", "YYYY-MM"}},
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
