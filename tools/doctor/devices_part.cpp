#include "daemon/wiring/camera.hpp"
#include "daemon/wiring/reader.hpp"
#include "drivers/camera/v4l2/scan.hpp"
#include "tools/doctor/camera_holder.hpp"
#include "tools/doctor/doctor.hpp"
#include "tools/words/trouble.hpp"

#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <numeric>
#include <utility>

namespace kaomon::doctor {
namespace {

constexpr Milliseconds first_frame{2000}, looks{1000};
constexpr double dark = 40, bright = 215, least_rate = 10; // mean grey level 0..255; frames a second

Finding reader_found(const std::string& name) {
    return {"reader",       {"カードリーダー", "card reader"},
            Standing::good, {"つながっている", "plugged in"},
            {name, name},   {}};
}

// As the daemon sees it, which may have it to itself.
Finding reader_told(const Told& told) {
    const auto* name = told.status.if_contains("reader");
    Finding one = reader_found(name != nullptr && name->is_string() ? std::string(name->get_string()) : "");
    const auto* fault = told.status.if_contains("reader_fault");
    if (fault == nullptr || !fault->is_object())
        return one;
    one.standing = Standing::failed;
    one.seen = of_message("reader", one.name, fault->get_object(), Standing::failed).seen;
    one.ask = {
        "USB ケーブルを挿し直し、pcscd が動いているか（systemctl status pcscd.socket）確かめてください。",
        "reconnect the USB cable, and see whether pcscd runs: systemctl status pcscd.socket"};
    return one;
}

// Without a daemon: as we see it.
Finding reader_looked_at(const config::Config& config) {
    const auto state = wiring::make_reader(config.card)->wait({}, SteadyClock::now());
    using enum card::ReaderCondition;
    Finding one = reader_found(state.reader);
    if (state.condition == no_card || state.condition == card_present)
        return one;
    one.standing = Standing::failed;
    one.seen = trouble_of({card::reason_of(state.condition), {}}).what;
    one.ask = state.condition == service_down ? Text{"sudo systemctl start pcscd.socket を実行してください。",
                                                     "sudo systemctl start pcscd.socket"}
              : state.condition == mute_card
                  ? Text{"カードを置き直してください。続くときは別のカードで試してください。",
                         "put the card down again; if it stays so, try another card"}
                  : Text{"USB ケーブルを挿し直し、lsusb と pcsc_scan で見えるか確かめてください。",
                         "reconnect the USB cable and see whether lsusb and pcsc_scan show it"};
    return one;
}

struct Seen {
    double luminance = 0, rate = 0;
};

kaomon::Result<Seen> look(const config::Config& config) {
    auto camera = wiring::make_camera(config.camera);
    if (!camera)
        return std::unexpected(camera.error());
    auto lease = (*camera)->open(SteadyClock::now() + first_frame);
    if (!lease)
        return std::unexpected(lease.error());
    Seen seen;
    int frames = 0, pictures = 0;
    const Instant begun = SteadyClock::now();
    while (SteadyClock::now() < begun + looks) {
        const auto frame = (*lease)->next(SteadyClock::now() + looks);
        if (!frame)
            return std::unexpected(frame.error());
        ++frames;
        if (const auto picture = camera::decode(*frame)) {
            const auto& pixels = picture->pixels;
            seen.luminance +=
                std::accumulate(pixels.begin(), pixels.end(), 0.0) / static_cast<double>(pixels.size());
            ++pictures;
        }
    }
    seen.luminance /= std::max(1, pictures);
    seen.rate = frames / std::chrono::duration<double>(SteadyClock::now() - begun).count();
    return seen;
}

Finding picture(const Seen& seen) {
    Finding one{"picture",
                {"カメラの映像", "picture of the camera"},
                Standing::good,
                {"明るさ40から215、毎秒10枚以上", "luminance 40 to 215, 10 frames a second or more"},
                {fmt::format("明るさ {:.0f}、毎秒 {:.0f} 枚", seen.luminance, seen.rate),
                 fmt::format("luminance {:.0f}, {:.0f} frames a second", seen.luminance, seen.rate)},
                {}};
    if (seen.luminance < dark)
        one.ask = {"暗すぎます。明かりをつけ、レンズのふたと汚れを確かめてください。",
                   "too dark: switch on a light, look at lens cap and dirt"};
    else if (seen.luminance > bright)
        one.ask = {"明るすぎます。カメラを窓や照明に向けないでください。",
                   "too bright: do not point the camera at a window or lamp"};
    else if (seen.rate < least_rate)
        one.ask = {"枚数が少なすぎます。明るくするか、カメラを別の USB 端子に直接つないでください。",
                   "too few frames: more light, or another USB port without a hub"};
    if (!one.ask.ja.empty())
        one.standing = Standing::failed;
    return one;
}

void camera(const Subject& subject, std::vector<Finding>& found) {
    const config::Config& config = *subject.config;
    const Text name{"カメラ", "camera"}, there{"つながっている", "plugged in"};
    if (const auto missing = wiring::camera_missing(config.camera)) {
        found.push_back({"camera",
                         name,
                         Standing::failed,
                         there,
                         trouble_of({*missing, {}}).what,
                         {"USB ケーブルを挿し直し、kaomond.toml の [camera] device を確かめてください。",
                          "reconnect the USB cable, look at [camera] device in kaomond.toml"}});
        return;
    }
    const auto* state = subject.told ? subject.told->status.if_contains("state") : nullptr;
    if (state != nullptr && *state != "idle") {
        found.push_back(
            {"picture",
             {"カメラの映像", "picture of the camera"},
             Standing::not_checkable,
             {"受付中でない", "no session runs"},
             {"受付中です", "a session runs"},
             {"受付が終わってから、もう一度実行してください。", "run it again when that is over"}});
        return;
    }
    const auto seen = look(config);
    if (seen) {
        found.push_back({"camera", name, Standing::good, there, there, {}});
        found.push_back(picture(*seen));
        return;
    }
    found.push_back({"camera",
                     name,
                     Standing::failed,
                     {"映像が届く", "delivers pictures"},
                     trouble_of(seen.error()).what,
                     {"カメラを挿し直してください。", "reconnect the camera"}});
    if (seen.error().reason != Reason::camera_busy)
        return;
    const auto node = camera::v4l2::find(config.camera.device);
    const auto holder = node ? holder_of(node->path) : std::nullopt;
    found.push_back(
        {"camera_holder",
         {"カメラを使っているソフト", "who holds the camera"},
         holder ? Standing::failed : Standing::not_checkable,
         {"なし", "nobody"},
         holder ? Text{*holder, *holder} : Text{"このユーザーには見えません", "not seen by this user"},
         holder ? Text{"そのソフトを終わらせてください。", "end that program"}
                : Text{"sudo kaomonctl doctor を実行してください。", "run sudo kaomonctl doctor"}});
}

} // namespace

void look_at_devices(const Subject& subject, std::vector<Finding>& found) {
    if (!subject.config)
        return;
    found.push_back(subject.told ? reader_told(*subject.told) : reader_looked_at(*subject.config));
    camera(subject, found);
}

} // namespace kaomon::doctor
