#include "daemon/session/face_thread.hpp"

#include "drivers/base/log.hpp"
#include "drivers/base/stack.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace kaomon::session {
namespace {

struct Begin {
    std::uint64_t visit;
};
struct Reference {
    SecretBytes photo;
};
struct LightNow {
    capture::Light light;
};
struct PreviewTo {
    visit::PreviewSink sink;
};
struct End {};
using Order = std::variant<Begin, Reference, LightNow, PreviewTo, End>;

} // namespace

struct FaceThread::Thread {
    Thread(Devices devices, capture::Demands demands, FaceEventSink sink)
        : devices_(std::move(devices)), sink_(std::move(sink)),
          part_({*devices_.camera, *devices_.pipeline, *devices_.decoder}, std::move(demands)),
          thread_([this](const std::stop_token& stop) { run(stop); }) {}

    ~Thread() {
        thread_.request_stop();
        part_.interrupt();
    }

    std::shared_ptr<const Pulse> pulse() const { return pulse_; }
    camera::FrameCount frames() const { return {looked_at_, passed_over_}; }

    void order(Order what) {
        {
            const std::lock_guard lock(mutex_);
            orders_.push_back(std::move(what));
        }
        changed_.notify_all();
        part_.interrupt();
    }

  private:
    void run(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            if (!part_.looking())
                wipe_stack(); // pixels and templates passed through it
            try {
                for (Order& next : take(stop))
                    std::visit([this](auto& order) { carry_out(order); }, next);
                if (part_.looking() && !stop.stop_requested())
                    report(part_.look());
                looked_at_ = part_.frames().looked_at;
                passed_over_ = part_.frames().passed_over;
            } catch (const std::exception& fault) {
                report(part_.failed({Reason::internal_error, fault.what()}));
            }
        }
    }

    // What was ordered; without frames to look at, waits for an order.
    std::deque<Order> take(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        pulse_->rest();
        if (!part_.looking())
            changed_.wait(lock, stop, [this] { return !orders_.empty(); });
        pulse_->beat();
        return std::exchange(orders_, {});
    }

    void carry_out(const Begin& order) {
        visit_ = order.visit;
        report(part_.begin());
    }
    void carry_out(const Reference& order) { report(part_.make_reference(order.photo)); }
    void carry_out(const LightNow& order) { part_.light(order.light); }
    void carry_out(const PreviewTo& order) { part_.preview(order.sink); }
    void carry_out(const End&) { part_.end(); }

    void report(std::optional<visit::FaceEvent> event) {
        if (!event)
            return;
        if (const auto* failed = std::get_if<visit::FaceFailed>(&*event))
            log(LogLevel::warning, std::string("face: ")
                                       .append(word(failed->why.reason))
                                       .append(": ")
                                       .append(failed->why.detail));
        sink_(visit_, std::move(*event));
    }

    Devices devices_;
    FaceEventSink sink_;
    std::shared_ptr<Pulse> pulse_ = std::make_shared<Pulse>();
    std::atomic<std::uint64_t> looked_at_ = 0, passed_over_ = 0;

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<Order> orders_; // guarded by mutex_

    // The face thread's own
    visit::FacePart part_;
    std::uint64_t visit_ = 0;

    std::jthread thread_; // last: everything above is made before it runs and outlives it
};

FaceThread::FaceThread(Devices devices, capture::Demands demands, FaceEventSink sink)
    : thread_(std::make_unique<Thread>(std::move(devices), std::move(demands), std::move(sink))) {}
FaceThread::~FaceThread() = default;

void FaceThread::begin(std::uint64_t visit) {
    thread_->order(Begin{visit});
}
void FaceThread::reference(SecretBytes photo) {
    thread_->order(Reference{std::move(photo)});
}
void FaceThread::light(const capture::Light& now) {
    thread_->order(LightNow{now});
}
void FaceThread::preview(visit::PreviewSink sink) {
    thread_->order(PreviewTo{std::move(sink)});
}
void FaceThread::end() {
    thread_->order(End{});
}
camera::FrameCount FaceThread::frames() const {
    return thread_->frames();
}
std::shared_ptr<const Pulse> FaceThread::pulse() const {
    return thread_->pulse();
}

} // namespace kaomon::session
