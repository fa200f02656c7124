#include "tools/clinic/certificate/assessment.hpp"
#include "tools/clinic/rehearse/parts.hpp"

namespace kaomon::rehearse {

Part look_at_certificate(const std::optional<certificate::Record>& last, Date today) {
    Part part{"certificate", {"電子証明書", "device certificate"}, {}};
    const Text name{"端末の電子証明書", "the device's certificate"};
    const Text expected{"期限まで" + std::to_string(certificate::warning_days) + "日より多い",
                        "more than " + std::to_string(certificate::warning_days) + " days left"};
    if (!last || last->entries.empty()) {
        part.findings.push_back({"certificate",
                                 name,
                                 Standing::not_checkable,
                                 expected,
                                 {"まだ読んでいません", "not read yet"},
                                 {"kaomon-clinic certificate で受け取った証明書を読んでください。",
                                  "read the certificate with kaomon-clinic certificate"}});
        return part;
    }
    for (const certificate::RecordEntry& one : last->entries) {
        const int left = days_between(today, one.not_after);
        const Standing standing = left < 0                                           ? Standing::failed
                                  : left <= certificate::warning_days || !one.client ? Standing::attention
                                                                                     : Standing::good;
        const std::string id = one.sha256.substr(0, 8);
        part.findings.push_back(
            {"certificate",
             {name.ja + " " + id, name.en + " " + id},
             standing,
             expected,
             left < 0 ? Text{std::to_string(-left) + "日前に切れました",
                             "ended " + std::to_string(-left) + " days ago"}
                      : Text{"あと" + std::to_string(left) + "日", std::to_string(left) + " days left"},
             standing == Standing::good ? Text{}
             : !one.client && !one.other && left >= 0
                 ? Text{"用途が証明書に書かれていません。発行元に確かめてください。",
                        "its purpose is not said: ask who issued it"}
             : !one.client && left >= 0
                 ? Text{"端末の証明書ではありません。受け取ったファイルを確かめてください。",
                        "not the device's certificate: look at the file you were given"}
                 : Text{"更新を申請してください。", "apply for the renewal"}});
    }
    return part;
}

} // namespace kaomon::rehearse
