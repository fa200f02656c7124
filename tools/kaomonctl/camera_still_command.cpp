// kaomonctl camera still: a photograph as the simulated camera plays it, and as a card carries it. Needs no
// daemon.
#include "daemon/wiring/face.hpp"
#include "daemon/wiring/living_still.hpp"
#include "proto/exit_code.hpp"
#include "tools/evaluate/portrait.hpp"
#include "tools/kaomonctl/camera_still.hpp"
#include "tools/kaomonctl/evaluate_device.hpp"

#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace kaomon::kaomonctl {
namespace {

struct StillOptions {
    std::string photograph;
    DeviceOptions device;
};

// In words about a photograph; those of the reason table are about a person or a card.
Trouble trouble_with(const std::string& photograph, const Failure& failure) {
    Trouble told = trouble_of(failure);
    if (failure.reason == Reason::no_face)
        told.what = {photograph + " に顔が見つかりません。", photograph + " shows no face"};
    else if (failure.reason == Reason::several_faces)
        told.what = {photograph + " に二人以上の顔があります。", photograph + " shows more than one face"};
    else
        told.what = {photograph + " を写真として読めません。", failure.detail};
    told.next = {"一人の顔が正面から大きく写った JPEG の写真を指定してください。",
                 "name a JPEG photograph of one person who looks straight into the camera"};
    return told;
}

// Moved and shrunk until it lies within the picture.
card::simulated::Crop within(const Image& picture, card::simulated::Crop crop) {
    const double shrunk =
        std::min({1.0, double(picture.width) / crop.width, double(picture.height) / crop.height});
    const int width = static_cast<int>(crop.width * shrunk), height = static_cast<int>(crop.height * shrunk);
    return {std::clamp(crop.x + (crop.width - width) / 2, 0, picture.width - width),
            std::clamp(crop.y + (crop.height - height) / 2, 0, picture.height - height), width, height};
}

int still(const Common& common, const StillOptions& options) {
    const auto pipeline = wiring::load_pipeline(configuration(options.device).face);
    if (!pipeline)
        return failed(common, trouble_of(pipeline.error()));
    const auto living = wiring::living_still(options.photograph, **pipeline);
    if (!living)
        return failed(common, trouble_with(options.photograph, living.error()));
    const auto passport = evaluate::passport_crop(living->photograph, living->face);
    if (passport.width == 0)
        return failed(common, trouble_with(options.photograph, Failure{Reason::no_face, {}}));
    const auto crop = within(living->photograph, passport);
    if (common.json)
        print_json({{"still", living->name.string()},
                    {"crop", fmt::format("{},{},{},{}", crop.x, crop.y, crop.width, crop.height)}});
    else
        print_line(living->name.string());
    return exit_ok;
}

} // namespace

void add_camera_still(Commands& commands, CLI::App* group) {
    const auto options = std::make_shared<StillOptions>();
    CLI::App* sub = commands.add(
        "still",
        "a photograph as a simulated camera plays it: its name with the eyes found, for [camera] stills; "
        "--json: "
        "also the crop with which kaomon-simcard makes a card's photograph of it",
        [&common = commands.common, options] { return still(common, *options); }, group);
    sub->add_option("PHOTOGRAPH", options->photograph, "a JPEG of one person")->required();
    add_models(*sub, options->device);
}

} // namespace kaomon::kaomonctl
