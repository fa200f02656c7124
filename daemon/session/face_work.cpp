#include "daemon/session/face_work.hpp"

#include "drivers/base/log.hpp"
#include "drivers/base/stack.hpp"
#include "drivers/camera/metering.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace kaomon::session {
namespace {

constexpr Milliseconds camera_budget{1500}; // for the first frame, and for each one after it
constexpr int most_torn = 20;               // frames in a row: two thirds of a second

struct Begin {
    std::uint64_t visit;
};
struct Reference {
    SecretBytes photo;
};
struct End {};
using Order = std::variant<Begin, Reference, End>;

} // namespace

struct FaceWork::Thread {
    Thread(Parts parts, FaceEventSink sink)
        : parts_(std::move(parts)), sink_(std::move(sink)),
          thread_([this](const std::stop_token& stop) { run(stop); }) {}

    ~Thread() {
        thread_.request_stop();
        interrupt();
    }

    void order(Order what) {
        {
            const std::lock_guard lock(mutex_);
            orders_.push_back(std::move(what));
        }
        interrupt();
    }

  private:
    void interrupt() {
        const std::lock_guard lock(mutex_);
        if (lease_)
            lease_->interrupt();
        changed_.notify_all();
    }

    void run(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            if (!lease_)
                wipe_stack(); // pixels and templates passed through it
            try {
                for (Order& next : take(stop))
                    carry_out(std::move(next));
                if (lease_ && !stop.stop_requested())
                    look();
            } catch (const std::exception& fault) {
                face_failed({Reason::internal_error, fault.what()});
            }
        }
        close_camera();
    }

    // What was ordered; without frames to look at, waits for an order.
    std::deque<Order> take(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        if (!lease_)
            changed_.wait(lock, stop, [this] { return !orders_.empty(); });
        return std::exchange(orders_, {});
    }

    void carry_out(Order what) {
        if (const auto* begin = std::get_if<Begin>(&what)) {
            start(begin->visit);
        } else if (const auto* reference = std::get_if<Reference>(&what)) {
            make_reference(reference->photo);
        } else {
            close_camera();
            capture_ = {*parts_.pipeline, parts_.demands}; // the old one holds traces of pictures
            parts_.pipeline->forget();
            parts_.decoder->renew();
        }
    }

    void start(std::uint64_t visit) {
        close_camera();
        visit_ = visit;
        capture_ = {*parts_.pipeline, parts_.demands};
        metering_.reset();
        torn_ = 0;
        auto lease = parts_.camera->open(SteadyClock::now() + camera_budget);
        if (!lease)
            return face_failed(lease.error());
        metering_.emplace((*lease)->exposure_range());
        const std::lock_guard lock(mutex_);
        lease_ = std::move(*lease);
    }

    void look() {
        const auto frame = lease_->next(SteadyClock::now() + camera_budget);
        if (!frame) {
            if (frame.error().reason != Reason::cancelled)
                face_failed(frame.error());
            return;
        }
        const auto picture = camera::decode(*frame);
        if (!picture)
            return torn_frame(picture.error());
        torn_ = 0;
        const auto step = capture_.look(*picture, frame->captured, frame->sequence);
        if (step.veto)
            return face_failed({*step.veto, "evidence against a living face before a running camera"});
        meter(step.luminance, frame->captured);
        if (step.hint)
            sink_(visit_, FaceHint{*step.hint});
        if (step.probe) {
            close_camera(); // what was asked for is there
            sink_(visit_, FaceReady{*step.probe, capture_.evidence()});
        }
    }

    void meter(std::optional<float> luminance, Instant captured) {
        const auto stops = metering_->next(luminance, captured);
        if (!stops)
            return;
        if (const auto set = lease_->expose(*stops)) {
            capture_.exposed(captured);
        } else { // then it stays as the camera chooses
            log(LogLevel::warning, "camera: exposure: " + set.error().detail);
            metering_.emplace(camera::ExposureRange{});
        }
    }

    // One torn frame is no news, a feed of them is.
    void torn_frame(const Failure& why) {
        if (++torn_ >= most_torn)
            face_failed(why);
    }

    void make_reference(const SecretBytes& photo) {
        const auto picture = parts_.decoder->decode(photo);
        if (!picture)
            return sink_(visit_, ReferenceFailed{picture.error()});
        const auto reference = parts_.pipeline->reference(*picture);
        if (!reference) {
            return sink_(visit_, ReferenceFailed{{Reason::photo_without_face,
                                                  std::string(word(reference.error().reason))}});
        }
        capture_.photograph(*picture, reference->face);
        sink_(visit_, ReferenceReady{reference->view, capture_.evidence()});
    }

    void face_failed(const Failure& why) {
        close_camera();
        log(LogLevel::warning,
            std::string("face: ").append(word(why.reason)).append(": ").append(why.detail));
        sink_(visit_, FaceFailed{why, capture_.evidence()});
    }

    void close_camera() {
        std::unique_ptr<camera::CameraLease> closing;
        {
            const std::lock_guard lock(mutex_);
            closing = std::move(lease_);
        }
        closing.reset();
        capture_.conclude();
    }

    Parts parts_;
    FaceEventSink sink_;

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<Order> orders_;                   // guarded by mutex_
    std::unique_ptr<camera::CameraLease> lease_; // set and cleared by the thread under mutex_

    // The compute thread's own
    std::uint64_t visit_ = 0;
    capture::Transaction capture_{*parts_.pipeline,
                                  parts_.demands}; // outlives the camera: the photograph may come later
    std::optional<camera::Metering> metering_;
    int torn_ = 0; // frames in a row that could not be decoded

    std::jthread thread_; // last: everything above is made before it runs and outlives it
};

FaceWork::FaceWork(Parts parts, FaceEventSink sink)
    : thread_(std::make_unique<Thread>(std::move(parts), std::move(sink))) {}
FaceWork::~FaceWork() = default;

void FaceWork::begin(std::uint64_t visit) {
    thread_->order(Begin{visit});
}
void FaceWork::reference(SecretBytes photo) {
    thread_->order(Reference{std::move(photo)});
}
void FaceWork::end() {
    thread_->order(End{});
}

} // namespace kaomon::session
