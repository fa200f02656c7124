// The findings of an examination, in words.
#include "tools/kaomonctl/audit_record.hpp"

#include <fmt/format.h>

namespace kaomon::kaomonctl {
namespace {

Text either(std::string ja, std::string en) {
    return {std::move(ja), std::move(en)};
}

const Text edited =
    either("考えられる原因: ファイルの手作業での編集、記憶装置の故障、意図した書き換え。",
           "Possible causes: the file was edited by hand, the disk is failing, a deliberate change.");
const Text lost = either(
    "考えられる原因: ファイルの一部または古いファイルの削除や移動、控えからの部分的な復元、記憶装置の故障。",
    "Possible causes: a part of it or an older file was removed or moved, a backup was put back "
    "in part, the disk is failing.");
const Text put_back =
    either("考えられる原因: 控えからの復元、装置の複製、記憶装置の故障、意図した書き換え。",
           "Possible causes: a backup was put back, the machine was cloned, the disk is failing, a "
           "deliberate change.");

} // namespace

FindingText text_of_finding(const audit::Finding& finding) {
    const std::uint64_t n = finding.record, until = finding.until == 0 ? n : finding.until;
    const std::string where = finding.line == 0 ? "" : fmt::format("{}:{}: ", finding.file, finding.line);
    const auto said = [&](std::string ja, std::string en, const Text& causes) {
        return FindingText{either(where + ja, where + en), causes};
    };
    const std::string range =
        until == n ? std::to_string(n) : std::to_string(n) + "-" + std::to_string(until);
    switch (finding.kind) {
        using enum audit::FindingKind;
    case not_a_line:
        return said("監査記録の行ではありません。", "not a line of the audit record.", edited);
    case altered:
        return said(fmt::format("記録 {} の内容が、その記録自身の照合値と合いません。", n),
                    fmt::format("record {} does not fit its own hash.", n), edited);
    case records_missing:
        return said(fmt::format("途中の記録 {} がありません。", range),
                    fmt::format("records {} are missing in the middle.", range), lost);
    case out_of_order:
        return said(fmt::format("記録 {} の順番が違います。", n),
                    fmt::format("record {} stands behind one with a higher number.", n), edited);
    case does_not_follow:
        return said(
            fmt::format("記録 {} が、その前の記録につながりません。", n),
            fmt::format("record {} does not follow the one before it: one of them is another one than "
                        "when it was written.",
                        n),
            edited);
    case begins_later:
        return said(fmt::format("記録 {} から始まっています。それより前はここにありません。", n),
                    fmt::format("it begins with record {}; what was before is not here.", n),
                    either("古いファイルを別の場所に保管しているなら --without-older を付けてください。",
                           "If older files are kept elsewhere, say --without-older."));
    case cut_at_end:
        return said(fmt::format("末尾の記録 {} がありません。署名済みの控えには残っています。", range),
                    fmt::format("records {} are missing at the end: a signed head knows them.", range), lost);
    case rewritten:
        return said(
            fmt::format(
                "記録 {} "
                "が、署名済みの控えにあるものと違います。その前も含めて書き直された可能性があります。",
                n),
            fmt::format("record {} is another one than the signed head says: it, and what is before it, may "
                        "have been written anew.",
                        n),
            put_back);
    case head_missing:
        return said(
            "署名済みの控え（.head）がありません。末尾が欠けていても分かりません。",
            "the signed head (.head) is missing: records cut off at the end could not be noticed.",
            either("考えられる原因: ファイルの削除や移動、古い版からの更新、記録だけの複製。",
                   "Possible causes: the file was removed or moved, an update from an earlier version, only "
                   "the record was copied."));
    case head_unreadable:
        return said(
            "署名済みの控えを確かめられません。", "the signed head cannot be checked.",
            either(
                "考えられる原因: 控えの破損、別の装置の控え、署名の鍵の公開鍵がない。",
                "Possible causes: it is damaged, it is another device's, the public key it was signed with "
                "is not known here."));
    case head_behind:
        return said(fmt::format("署名済みの控えが古く、記録 {} は控えにありません。", range),
                    fmt::format("the signed head is old: it does not know records {}.", range), put_back);
    case inner_head_wrong:
        return said(fmt::format("記録 {} の中の署名が、その位置の記録と合いません。", n),
                    fmt::format("the signed head within record {} does not fit the record before it.", n),
                    put_back);
    case gap_noted:
        return said(
            fmt::format("記録 {}: 起動時に、前の記録と合わないことを装置が見つけました。", n),
            fmt::format("record {}: at a start the daemon found that what was before did not fit.", n), lost);
    case clock_back:
        return said(
            fmt::format("記録 {} の時刻が、前の記録より戻っています。", n),
            fmt::format("the clock went back before record {}.", n),
            either("考えられる原因: 時刻の修正、電池切れ、時刻合わせの停止。順番は番号が示します。",
                   "Possible causes: the clock was set, its battery is empty, no time server. The order is "
                   "told by the numbers."));
    case half_a_line:
        return said(
            fmt::format("記録 {} が途中で切れています。", n),
            fmt::format("record {} is cut within its line.", n),
            either("考えられる原因: 書き込み中の停電、いま書き込み中。次の起動で装置が片付けます。",
                   "Possible causes: the power went while it was written, or it is just being written. The "
                   "daemon settles it at its next start."));
    case result_missing:
        return said(fmt::format("保管されている結果が示す記録 {} がありません。", n),
                    fmt::format("record {}, which a stored result names, is not there.", n), lost);
    case result_differs:
        return said(fmt::format("保管されている結果が示す記録 {} が、ここでは別の内容です。", n),
                    fmt::format("record {} is another one than the stored result names.", n), put_back);
    }
    return {};
}

} // namespace kaomon::kaomonctl
