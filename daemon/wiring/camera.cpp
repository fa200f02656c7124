#include "daemon/wiring/camera.hpp"

#include "daemon/wiring/state_folder.hpp"
#include "drivers/camera/simulated/camera.hpp"
#include "drivers/camera/v4l2/admission.hpp"
#include "drivers/camera/v4l2/scan.hpp"

#include <future>
#include <optional>
#include <thread>

namespace kaomon::wiring {
namespace {

camera::v4l2::Settings v4l2_settings(const config::Camera& config, const std::filesystem::path& record) {
    return {.device = config.device,
            .width = config.width,
            .height = config.height,
            .rate = config.rate,
            .allow_virtual = config.allow_virtual,
            .record = record};
}

constexpr std::chrono::seconds longest_answer{2};
constexpr const char* stuck = "the camera does not answer";

// A camera whose driver hangs must not hold the event loop: it is asked on a thread of its own, which is left
// behind if there is no answer. Nothing then.
template<class Answer, class Question>
std::optional<Answer> answer_of(Question question) {
    auto promise = std::make_shared<std::promise<Answer>>();
    auto answer = promise->get_future();
    std::thread([promise, question = std::move(question)] { promise->set_value(question()); }).detach();
    if (answer.wait_for(longest_answer) != std::future_status::ready)
        return std::nullopt;
    return answer.get();
}

} // namespace

Result<std::unique_ptr<camera::Camera>> make_camera(const config::Camera& config,
                                                    const std::filesystem::path& record) {
    if (config.source == camera::Source::simulated) {
        return camera::simulated::make_simulated_camera({.stills = config.stills,
                                                         .width = config.width,
                                                         .height = config.height,
                                                         .rate = config.rate,
                                                         .seed = config.seed,
                                                         .fault_fifo = config.fault,
                                                         .presentation = config.presentation});
    }
    return camera::v4l2::make_v4l2_camera(v4l2_settings(config, record));
}

OriginCheck origin_check(const config::Camera& config, const std::filesystem::path& record) {
    if (config.source == camera::Source::simulated)
        return {};
    const auto settings = v4l2_settings(config, record);
    return {[settings] {
                return answer_of<camera::origin::Report>([settings] { return camera::v4l2::look(settings); })
                    .value_or(camera::origin::Report{.fault = Failure{Reason::camera_error, stuck}});
            },
            [settings](std::string_view id) {
                using Answer = Result<camera::origin::Identity>;
                return answer_of<Answer>(
                           [settings, id = std::string(id)] { return camera::v4l2::accept(settings, id); })
                    .value_or(fail(Reason::camera_error, stuck));
            }};
}

std::filesystem::path camera_record(const config::Config& config) {
    return state_folder(config) / "camera";
}

std::optional<Reason> camera_missing(const config::Camera& config) {
    if (config.source == camera::Source::simulated)
        return std::nullopt;
    const auto found = camera::v4l2::find(config.device);
    return found ? std::nullopt : std::optional(found.error().reason);
}

} // namespace kaomon::wiring
