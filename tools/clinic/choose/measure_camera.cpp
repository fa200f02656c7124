#include "tools/clinic/choose/measure_camera.hpp"

#include "tools/clinic/choose/picture_figures.hpp"

#include <algorithm>
#include <optional>

namespace kaomon::choose {
namespace {

using camera::CameraLease;
using camera::Frame;

double milliseconds(SteadyClock::duration span) {
    return std::chrono::duration<double, std::milli>(span).count();
}

class Measuring {
  public:
    Measuring(camera::Camera& camera, Guide& guide, const CameraPlan& plan, CameraFacts& facts)
        : camera_(camera), guide_(guide), plan_(plan), facts_(facts) {}
    ~Measuring() {
        if (plan_.pipeline != nullptr)
            plan_.pipeline->forget();
    }
    Measuring(const Measuring&) = delete;
    Measuring& operator=(const Measuring&) = delete;

    Result<void> run() {
        facts_.camera = camera_.id();
        facts_.centimetres = plan_.centimetres;
        facts_.faces = plan_.pipeline != nullptr;
        for (int i = 0; i < plan_.opens && !guide_.stopped(); ++i) {
            lease_.reset(); // closed first: a camera is opened from the dark
            const Instant begun = SteadyClock::now();
            auto lease = camera_.open(begun + plan_.patience);
            if (!lease && lease.error().reason == Reason::camera_unsuitable && !facts_.formats.empty()) {
                facts_.unusable = lease.error().detail; // a camera, and a candidate: one not to buy
                return {};
            }
            if (!lease && facts_.first_frame.empty())
                return std::unexpected(lease.error());
            if (!lease)
                return end(lease.error().reason);
            facts_.first_frame.push_back(milliseconds(SteadyClock::now() - begun));
            lease_ = std::move(*lease);
        }
        if (const auto timed = time_frames(); !timed)
            return end(timed.error().reason);
        for (const Light light : plan_.lights) {
            if (guide_.stopped())
                break;
            guide_.stand(light, plan_.centimetres);
            auto looked = settle();
            if (looked)
                looked = look(facts_.lights[light]);
            if (!looked)
                return end(looked.error().reason);
        }
        return guide_.stopped() ? end(Reason::cancelled) : Result<void>();
    }

  private:
    Result<void> end(Reason why) {
        facts_.ended = guide_.stopped() ? Reason::cancelled : why;
        return {};
    }

    Result<Frame> next() { return lease_->next(SteadyClock::now() + plan_.patience); }

    // Frames as they come, with nothing else to do.
    Result<void> time_frames() {
        std::optional<Frame> before;
        for (int i = 0; i < plan_.timed_frames && !guide_.stopped(); ++i) {
            auto frame = next();
            if (!frame)
                return std::unexpected(frame.error());
            facts_.age.push_back(milliseconds(SteadyClock::now() - frame->captured));
            if (before) {
                // by the driver's own count: what nobody took in time is no fault of the rate
                const auto steps = std::max<std::uint64_t>(1, frame->sequence - before->sequence);
                facts_.interval.push_back(milliseconds(frame->captured - before->captured) /
                                          static_cast<double>(steps));
                facts_.dropped += steps - 1;
            }
            facts_.width = frame->width;
            facts_.height = frame->height;
            before = std::move(*frame);
        }
        return {};
    }

    // Lets the person move and the camera adapt; its frames are drawn and forgotten.
    Result<void> settle() {
        const Instant until = SteadyClock::now() + plan_.settle;
        while (SteadyClock::now() < until && !guide_.stopped()) {
            if (const auto frame = next(); !frame)
                return std::unexpected(frame.error());
        }
        return {};
    }

    Result<void> look(LightFacts& light) {
        Image before;
        for (int i = 0; i < plan_.frames_per_light && !guide_.stopped(); ++i) {
            const auto frame = next();
            if (!frame)
                return std::unexpected(frame.error());
            Image picture;
            if (auto decoded = camera::decode(*frame))
                picture = std::move(*decoded);
            ++light.frames;
            if (picture.empty()) {
                ++light.refused[Reason::frame_malformed];
                continue;
            }
            light.luminance.push_back(mean_luminance(picture));
            light.colourful.push_back(colourful_share(picture));
            if (!before.empty())
                light.noise.push_back(noise_between(before, picture));
            if (plan_.pipeline != nullptr)
                judge(picture, light);
            before = std::move(picture);
        }
        return {};
    }

    void judge(const Image& picture, LightFacts& light) {
        const auto face = plan_.pipeline->observe(picture);
        if (!face) {
            ++light.refused[face.error().reason];
            return;
        }
        light.eyes.push_back(face->quality.inter_eye_distance);
        light.sharpness.push_back(face->quality.sharpness);
        light.face_luminance.push_back(face->quality.luminance_mean);
        const auto fault = face::gate(*face, picture.width, picture.height, plan_.gate);
        if (fault && face::forbids(*fault))
            ++light.refused[*fault];
        else
            ++light.passed;
    }

    camera::Camera& camera_;
    Guide& guide_;
    const CameraPlan& plan_;
    CameraFacts& facts_;
    std::unique_ptr<CameraLease> lease_;
};

} // namespace

Result<void> measure_camera(camera::Camera& camera, Guide& guide, const CameraPlan& plan,
                            CameraFacts& facts) {
    return Measuring(camera, guide, plan, facts).run();
}

} // namespace kaomon::choose
