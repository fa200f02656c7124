#include "daemon/audit/clock.hpp"
#include "daemon/wiring/face.hpp"
#include "daemon/wiring/file_modes.hpp"
#include "daemon/wiring/state_folder.hpp"
#include "drivers/card/mynumber/sign_in_trust.hpp"
#include "drivers/card/mynumber/trust_store.hpp"
#include "tools/doctor/doctor.hpp"
#include "tools/words/trouble.hpp"

#include <fmt/format.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace kaomon::doctor {
namespace {

constexpr double least_free_mib = 256; // a year of decisions needs 40

// One that failed with the words of its reason, or is good.
template<class T>
Finding loaded(const char* part, Text name, const kaomon::Result<T>& done, Text ask) {
    Finding one{part, std::move(name), Standing::good, {"読める", "can be loaded"}, {"読めます", "loaded"},
                {}};
    if (!done) {
        one.standing = Standing::failed;
        one.seen = trouble_of(done.error()).what;
        one.ask = std::move(ask);
    }
    return one;
}

bool readable(const std::filesystem::path& path) {
    return access(path.c_str(), R_OK) == 0;
}

Finding not_from_here(const char* part, Text name, const std::filesystem::path& path) {
    return {part,
            std::move(name),
            Standing::not_checkable,
            {"見られる", "can be looked at"},
            {path.string() + " を読む権限がありません", "no right to read " + path.string()},
            {"sudo kaomonctl doctor を実行してください。", "run sudo kaomonctl doctor"}};
}

// The keys of one store of the folder; `empty`: what it is when there are none.
template<class Store>
Finding keys_of(const char* part, Text name, const kaomon::Result<Store>& store, Standing empty, Text seen,
                Text ask) {
    Finding one = loaded(part, std::move(name), store,
                         {"名前の挙がったファイルを直してください。", "mend the file that is named"});
    if (store && store->size() == 0) {
        one.standing = empty;
        one.expected = {"一つ以上", "one or more"};
        one.seen = std::move(seen);
        one.ask = std::move(ask);
    }
    return one;
}

void look_at_trust(const std::filesystem::path& folder, std::vector<Finding>& found) {
    const Text name{"カードの発行者の鍵", "keys of the cards' issuers"};
    if (!readable(folder))
        return found.push_back(not_from_here("trust_store", name, folder));
    found.push_back(
        keys_of("trust_store", name, card::mynumber::TrustStore::load(folder), Standing::failed,
                {"ありません。どのカードも本物と確かめられません", "none: no card can be proven genuine"},
                {"鍵を " + folder.string() + " に入れてください（その README.md に説明があります）。",
                 "put them into " + folder.string() + ", whose README.md says how"}));
    found.push_back(keys_of("sign_in_trust", {"利用者証明書の認証局", "authorities of sign-in certificates"},
                            card::mynumber::SignInTrust::load(folder), Standing::attention,
                            {"ありません。暗証番号での確認は使えません", "none: no PIN will be tried"},
                            {"認証局の証明書（PEM）を同じフォルダーに入れてください。",
                             "put its certificate (PEM) into the same folder"}));
}

Finding disk_of(const std::filesystem::path& folder) {
    const Text name{"記録を書く場所の空き", "space for the record"},
        expected{"256 MiB 以上", "256 MiB or more"};
    struct statvfs found{};
    if (statvfs(folder.c_str(), &found) != 0)
        return not_from_here("disk", name, folder);
    const double free = static_cast<double>(found.f_bavail) * static_cast<double>(found.f_frsize) / (1 << 20);
    const bool enough = free >= least_free_mib;
    return {"disk",
            name,
            enough ? Standing::good : Standing::failed,
            expected,
            {fmt::format("{:.0f} MiB", free), fmt::format("{:.0f} MiB", free)},
            enough ? Text{}
                   : Text{"いらないファイルを消してください。いっぱいになると受付が始まりません。",
                          "delete what is not needed: with a full disk no session begins"}};
}

Finding clock() {
    const Text name{"時計", "clock"}, expected{"時刻サーバーに合っている", "kept by a time service"};
    switch (audit::clock_state()) {
    case audit::ClockState::synchronised:
        return {"clock", name, Standing::good, expected, {"合っています", "it is"}, {}};
    case audit::ClockState::unsynchronised:
        return {"clock",
                name,
                Standing::attention,
                expected,
                {"合わせる仕組みが動いていません", "nothing keeps it"},
                {"chrony などを動かしてください。", "start a time service, e.g. chrony"}};
    case audit::ClockState::unknown:
        break;
    }
    return {"clock",
            name,
            Standing::not_checkable,
            expected,
            {"分かりません", "not known"},
            {"timedatectl で確かめてください。", "see timedatectl"}};
}

} // namespace

void look_at_installation(const Subject& subject, std::vector<Finding>& found) {
    const Text configuration{"設定ファイル", "configuration"};
    if (std::error_code error; std::filesystem::exists(subject.file, error) && !readable(subject.file)) {
        found.push_back(not_from_here("configuration", configuration, subject.file));
    } else {
        found.push_back(loaded("configuration", configuration, subject.config,
                               {"その行を直し、sudo systemctl reload kaomond を実行してください。",
                                "mend that line, then sudo systemctl reload kaomond"}));
    }
    found.push_back(clock());
    if (!subject.config)
        return;
    const config::Config& config = *subject.config;
    const auto state = wiring::state_folder(config);
    const Text modes{"ファイルの権限", "modes of files"};
    if (readable(state)) {
        Finding one = loaded("file_modes", modes, wiring::check_file_modes(config, subject.file),
                             {"挙がった chmod か chown を sudo で実行してください。",
                              "run the chmod or chown that is named, with sudo"});
        one.expected = {"ほかの利用者が書き換えられない", "nobody else can change them"};
        if (one.standing == Standing::good)
            one.seen = {"正しい", "right"};
        found.push_back(std::move(one));
    } else {
        found.push_back(not_from_here("file_modes", modes, state));
    }
    look_at_trust(config.card.trust_store, found);
    found.push_back(loaded("models", {"顔のモデル", "face models"}, wiring::load_pipeline(config.face),
                           {"パッケージ kaomon を入れ直してください。", "install the package kaomon anew"}));
    found.push_back(disk_of(state));
}

} // namespace kaomon::doctor
