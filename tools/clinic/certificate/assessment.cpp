#include "tools/clinic/certificate/assessment.hpp"

#include <cstdlib>

namespace kaomon::certificate {
namespace {

std::string number(int days) {
    return std::to_string(days);
}

// Three years, give or take what issuers add for the download.
bool has_usual_life(const Certificate& certificate) {
    const int days = days_between(certificate.not_before, certificate.not_after);
    return std::abs(days - life_years * 365) <= download_days + 40;
}

} // namespace

Assessment assess(const Certificate& certificate, Date today, std::optional<Date> issued) {
    Assessment found;
    found.days_left = days_between(today, certificate.not_after);
    const auto say_so = [&](Text text) { found.sentences.push_back(std::move(text)); };
    if (found.days_left < 0) {
        found.state = State::expired;
        say_so({"期限が切れています（" + number(-found.days_left) + "日前）。すぐに更新を申請してください。",
                "expired " + number(-found.days_left) + " days ago: apply for the renewal at once"});
    } else if (today < certificate.not_before) {
        found.state = State::not_yet;
        say_so({"有効期間がまだ始まっていません（" + number(days_between(today, certificate.not_before)) +
                    "日後から）。このパソコンの時計が合っているか確かめてください。",
                "not valid yet, for " + number(days_between(today, certificate.not_before)) +
                    " days: look whether this computer's clock is right"});
    } else if (found.days_left <= warning_days) {
        found.state = State::ends_soon;
        say_so({"あと" + number(found.days_left) + "日で切れます。更新の申請を始めてください。",
                "ends in " + number(found.days_left) + " days: begin the renewal"});
    } else {
        say_so({"あと" + number(found.days_left) + "日使えます。",
                "good for " + number(found.days_left) + " days"});
    }
    found.needs_action = found.state != State::good;
    if (!certificate.is_ca && certificate.client && !has_usual_life(certificate))
        say_so({"有効期間が3年ではありません。オンライン資格確認の端末の証明書は3年です。別の証明書ではないか"
                "確かめてください。",
                "its life is not 3 years, as a device certificate's is: look whether it is another one"});
    if (certificate.use_unreadable) {
        found.needs_action = true;
        say_so({"用途の欄を読めません。発行元に確かめてください。",
                "what it may be used for cannot be read: ask who issued it"});
    } else if (certificate.is_ca || certificate.other_use || (certificate.server && !certificate.client)) {
        found.needs_action = true;
        say_so({"端末の証明書ではありません。受け取ったファイルを確かめてください。",
                "not the device's certificate: look at the file you were given"});
    }
    if (issued) {
        found.download_until = add_days(*issued, download_days);
        const int left = days_between(today, *found.download_until);
        say_so(left >= 0
                   ? Text{"ダウンロードできるのは" + day_text(*found.download_until).ja + "までです（あと" +
                              number(left) + "日）。",
                          "can be downloaded until " + day_text(*found.download_until).en + " (" +
                              number(left) + " days)"}
                   : Text{"ダウンロードの期限（発行から180日）を過ぎています。発行元に問い合わせてください。",
                          "the download window of 180 days is over: ask the issuer"});
        found.needs_action = found.needs_action || left < 0;
    }
    return found;
}

} // namespace kaomon::certificate
