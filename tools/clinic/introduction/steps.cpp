#include "tools/clinic/introduction/steps.hpp"

namespace kaomon::introduction {
namespace {

const Text payer{"オンライン資格確認実施機関（社会保険診療報酬支払基金、電話 0800-0804583）",
                 "the operator of online eligibility verification (telephone 0800-0804583)"};

// Where the notice sends the reader.
const Link portal{{"医療機関等向け総合ポータルサイト", "portal for medical institutions"},
                  "https://iryohokenjyoho.service-now.com/csm"};
const Link lines{{"接続できる回線と事業者の一覧（PDF）", "list of lines and carriers that can connect (PDF)"},
                 "https://www.ssk.or.jp/seikyushiharai/online/online_04.files/claimsys35.pdf"};

Step step(int number, Text title, Text who, Text note, std::vector<Text> hand_in, std::vector<int> after,
          std::vector<Link> links = {}) {
    Step one;
    one.number = number;
    one.title = std::move(title);
    one.who = std::move(who);
    one.note = std::move(note);
    one.hand_in = std::move(hand_in);
    one.after = std::move(after);
    one.links = std::move(links);
    return one;
}

Text application(clinic::InstitutionKind kind) {
    return kind == clinic::InstitutionKind::pharmacy
               ? Text{"保険薬局指定申請書", "application for designation as an insurance pharmacy"}
               : Text{"保険医療機関指定申請書",
                      "application for designation as an insurance medical institution"};
}

} // namespace

std::array<Step, step_count> described_steps(const Text& bureau, clinic::InstitutionKind kind) {
    return {
        step(
            1, {"顔認証付きカードリーダーの選定・調達", "choose and buy the face-authentication card reader"},
            {"顔認証付きカードリーダーのメーカー", "the reader's maker"},
            {"候補を机の上で測って比べるには kaomon-clinic choose を使います。Kaomon "
             "は公式の顔認証付きカードリーダーの代わりにはなりません。",
             "kaomon-clinic choose measures the candidates on the table; Kaomon does not replace the "
             "official "
             "reader"},
            {{"希望する機種と台数", "model and number of units"}, {"設置する日", "day of installation"}}, {}),
        step(2, {"ネットワークの準備", "prepare the network line"},
             {"ネットワーク事業者", "the network carrier"},
             {"接続できる回線と事業者は、支払基金の一覧で確かめます。引いたあとは kaomon-clinic network "
              "で点検できます。",
              "the payer lists the lines and carriers that can connect; kaomon-clinic network checks the "
              "line"},
             {{"回線の種類（IP-VPN または IPsec+IKE）", "type of line (IP-VPN or IPsec+IKE)"},
              {"工事の希望日", "wanted day of the works"}},
             {}, {lines}),
        step(3, {"見積の依頼", "ask for a quote"}, {"システム事業者", "the system vendor"},
             {"見積依頼書は kaomon-clinic procure quote で作れます。",
              "kaomon-clinic procure quote writes the request"},
             {{"見積依頼書", "request for a quote"}}, {}),
        step(4, {"発注", "order"}, {"システム事業者", "the system vendor"},
             {"見積を確かめてから発注します。発注書は kaomon-clinic procure order で作れます。",
              "after the quote was checked; kaomon-clinic procure order writes the order"},
             {{"発注書", "order sheet"}}, {1, 3}),
        step(5, {"受付番号の情報提供依頼", "ask for the 受付番号 (reference number)"}, bureau,
             {"様式と出し方は、厚生局のホームページで確かめます。", "form and way: see the bureau's page"},
             {{"受付番号情報提供依頼書兼回答書（厚生局の様式）",
               "受付番号情報提供依頼書兼回答書, the bureau's form"},
              {"医科と歯科を同じ場所で開くときは一枚ずつ",
               "one each where medical and dental open at one site"}},
             {}),
        step(6, {"受付番号の提出", "hand the 受付番号 in"}, payer,
             {"厚生局から受付番号の回答を受けたあとに提出します。これで総合ポータルサイトに登録できるようにな"
              "ります。",
              "after the bureau's answer; it opens the way to the portal account"},
             {{"受付番号", "受付番号"}}, {5}, {portal}),
        step(7, {"総合ポータルサイトのアカウント登録", "register the portal account"}, payer,
             {"医療機関等向け総合ポータルサイトに、受付番号で登録します。",
              "at the portal for medical institutions, with the 受付番号"},
             {{"受付番号", "受付番号"}, {"連絡のとれるメールアドレス", "a mail address that is read"}}, {6},
             {portal}),
        step(8, {"利用申請と電子証明書発行申請", "apply for use and for the device certificate"}, payer,
             {"電子証明書は発行手数料1,"
              "500円、有効期間3年です。申請IDと参照IDが書留で届き、ダウンロードできるのは180日以内です。届い"
              "たら kaomon-clinic certificate で残りの日数を確かめられます。",
              "the certificate costs 1,500 yen and lives 3 years; request id and reference id come by "
              "registered post, the download window is 180 days"},
             {{"オンライン資格確認の利用申請", "application for use"},
              {"電子証明書発行申請", "application for the device certificate"},
              {"受付番号", "受付番号"}},
             {7}, {portal}),
        step(9, {"保険医療機関等の指定申請", "apply for the designation"}, bureau,
             {"期限は厚生局と都道府県によって違います。", "the day depends on bureau and prefecture"},
             {application(kind),
              {"添付書類（保健所への開設届や許可証の写し、免許証の写しなど。厚生局の一覧で確かめる）",
               "what goes with it (copies of the health centre's permit, of licences: see the bureau's "
               "list)"}},
             {}),
    };
}

} // namespace kaomon::introduction
