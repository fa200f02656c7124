#include "daemon/face/gate.hpp"
#include "tools/clinic/rehearse/parts.hpp"
#include "tools/clinic/rehearse/viewer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace kaomon::rehearse {
namespace {

using std::chrono::seconds;

// A patient waits for the first frame with the card already down, and the reading of the card takes longer
// than this.
constexpr double first_frame_limit = 2000; // ms
// Three good frames are fused (kaomond.toml, face.frames): at fewer frames a second than this they take long.
constexpr double rate_good = 15, rate_least = 5; // frames/s
constexpr seconds rate_time{2}, light_time{4};
constexpr int views = 20;          // of a face, looked at for the light
constexpr double good_share = 0.5; // of them that pass the gate

double ms_since(Instant begun) {
    return std::chrono::duration<double, std::milli>(SteadyClock::now() - begun).count();
}

Result<double> frame_rate(camera::CameraLease& lease) {
    const Instant begun = SteadyClock::now();
    int frames = 0;
    while (SteadyClock::now() < begun + rate_time) {
        const auto frame = lease.next(begun + rate_time);
        if (!frame && frame.error().reason != Reason::camera_silent)
            return std::unexpected(frame.error());
        frames += frame ? 1 : 0;
    }
    return frames * 1000 / ms_since(begun);
}

struct Light {
    int seen = 0, good = 0;       // views of a face
    std::map<Reason, int> faults; // of the others, and of pictures without a face
    double luminance = 0;         // mean over the faces, 0..255
};

Result<Light> look(camera::CameraLease& lease, const Desk& desk) {
    Light light;
    const Instant until = SteadyClock::now() + std::max<Milliseconds>(desk.patience, light_time);
    Instant enough = until; // some seconds after the first face
    Viewer viewer(lease, desk.devices.pipeline);
    while (light.seen < views && SteadyClock::now() < enough) {
        const auto view = viewer.next(until);
        if (!view)
            return std::unexpected(view.error());
        const auto& [picture, face] = *view;
        if (!face) {
            ++light.faults[face.error().reason];
            continue;
        }
        if (light.seen++ == 0)
            enough = std::min(until, SteadyClock::now() + light_time);
        light.luminance += static_cast<double>(face->quality.luminance_mean);
        const auto fault = face::gate(*face, picture.width, picture.height, desk.demands.gate);
        if (fault && face::forbids(*fault))
            ++light.faults[*fault];
        else
            ++light.good;
    }
    light.luminance /= std::max(1, light.seen);
    return light;
}

Finding light_finding(const Light& light) {
    const double share = light.seen == 0 ? 0 : double(light.good) / light.seen;
    Finding found{"light",
                  {"光と立ち位置", "light and place"},
                  share >= good_share ? Standing::good
                  : light.good > 0    ? Standing::attention
                                      : Standing::failed,
                  {"顔が半分以上の画像で照合に使える", "half of the views of a face can be used"},
                  {},
                  {}};
    if (light.seen == 0) {
        found.seen = {"顔が映りませんでした", "no face was seen"};
        found.ask = {"カメラの前に立って、もう一度試してください。", "stand before the camera and repeat"};
        return found;
    }
    found.seen = {
        fmt::format("{}枚のうち{}枚（顔の明るさ {:.0f}、0から255）", light.seen, light.good, light.luminance),
        fmt::format("{} of {} (brightness of the face {:.0f}, 0..255)", light.good, light.seen,
                    light.luminance)};
    if (const auto most =
            std::ranges::max_element(light.faults, {}, [](const auto& one) { return one.second; });
        most != light.faults.end())
        found.ask = text_of(most->first);
    if (found.standing == Standing::good)
        found.ask = {};
    return found;
}

} // namespace

Part look_at_camera(const Desk& desk, const Prompt& prompt) {
    Part part{"camera", {"カメラと光", "camera and light"}, {}};
    prompt({"カメラの前に立って、カメラを見てください", "stand before the camera and look at it"});
    const Instant begun = SteadyClock::now();
    const auto lease = desk.devices.camera.open(begun + desk.patience);
    const double first = ms_since(begun);
    const auto told = [&](const Failure& failure) {
        part.findings.push_back({"camera",
                                 {"カメラ", "camera"},
                                 Standing::failed,
                                 {"映像が届く", "pictures arrive"},
                                 text_of(failure.reason),
                                 {"ケーブルを抜き差しし、カメラを使うほかのソフトを閉じてください。",
                                  "plug it in again, and close other programs that use the camera"}});
        return part;
    };
    if (!lease)
        return told(lease.error());
    part.findings.push_back({"first_frame",
                             {"最初の映像", "first picture"},
                             first <= first_frame_limit ? Standing::good : Standing::attention,
                             {fmt::format("{:.0f}ミリ秒以内", first_frame_limit),
                              fmt::format("within {:.0f} ms", first_frame_limit)},
                             {fmt::format("{:.0f}ミリ秒", first), fmt::format("{:.0f} ms", first)},
                             first <= first_frame_limit
                                 ? Text{}
                                 : Text{"USBハブを通さず、パソコンに直接つないでください。",
                                        "plug the camera into the computer itself, not a hub"}});
    const auto rate = frame_rate(**lease);
    if (!rate)
        return told(rate.error());
    part.findings.push_back(
        {"frame_rate",
         {"一秒あたりの枚数", "frames a second"},
         *rate >= rate_good    ? Standing::good
         : *rate >= rate_least ? Standing::attention
                               : Standing::failed,
         {fmt::format("{:.0f}枚以上", rate_good), fmt::format("{:.0f} and more", rate_good)},
         {fmt::format("{:.1f}枚", *rate), fmt::format("{:.1f}", *rate)},
         *rate >= rate_good ? Text{}
                            : Text{"暗い部屋では枚数が落ちます。照明をつけ、USBの口を替えてみてください。",
                                   "a dark room slows a camera: switch on the light, try another USB port"}});
    const auto light = look(**lease, desk);
    if (!light)
        return told(light.error());
    part.findings.push_back(light_finding(*light));
    return part;
}

} // namespace kaomon::rehearse
