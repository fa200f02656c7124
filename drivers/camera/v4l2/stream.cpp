#include "drivers/camera/v4l2/stream.hpp"

#include "drivers/camera/raw.hpp"

#include <linux/videodev2.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace kaomon::camera::v4l2 {
namespace {

constexpr unsigned buffer_count = 4;

// The driver's time where it is on our clock and believable (drivers have had bugs here), else now.
Instant capture_time(const v4l2_buffer& buffer) {
    const Instant now = SteadyClock::now();
    if ((buffer.flags & V4L2_BUF_FLAG_TIMESTAMP_MASK) != V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC)
        return now;
    const Instant told(std::chrono::seconds(buffer.timestamp.tv_sec) +
                       std::chrono::microseconds(buffer.timestamp.tv_usec));
    constexpr auto longest_way = std::chrono::seconds(10); // from exposure to here
    return told <= now && now - told < longest_way ? told : now;
}

// Empty when the buffer holds less than the format asks for.
SecretBytes copy_picture(ByteView source, const Format& format) {
    if (format.pixels == PixelFormat::mjpeg)
        return {source.begin(), source.end()};
    const RawLayout layout = raw_layout(format.pixels, format.width, format.height);
    if (layout.rows == 0 || source.size() < format.bytes_per_line * (layout.rows - 1) + layout.row_bytes)
        return {};
    SecretBytes picture(layout.bytes());
    for (std::size_t y = 0; y < layout.rows; ++y) {
        std::ranges::copy(source.subspan(y * format.bytes_per_line, layout.row_bytes),
                          picture.data() + y * layout.row_bytes);
    }
    return picture;
}

} // namespace

Stream::Stream(Device device, const Format& format, Buffers buffers) noexcept
    : device_(std::move(device)), format_(format), buffers_(std::move(buffers)) {}

Stream::~Stream() {
    if (exposure_)
        exposure_->restore(device_);
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    static_cast<void>(
        device_.call(VIDIOC_STREAMOFF, "VIDIOC_STREAMOFF", &type)); // gone cameras cannot answer
}

Result<std::unique_ptr<CameraLease>> Stream::start(Device device, const Format& format, Instant until) {
    auto buffers = Buffers::map(device, buffer_count);
    if (!buffers)
        return std::unexpected(buffers.error());
    std::unique_ptr<Stream> stream(new Stream(std::move(device), format, std::move(*buffers)));
    if (!stream->interrupt_.usable())
        return fail(Reason::camera_error, "eventfd");
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    if (const auto on = stream->device_.call(VIDIOC_STREAMON, "VIDIOC_STREAMON", &type); !on) {
        return std::unexpected(on.error().failure);
    }
    auto first = stream->next(until);
    if (!first)
        return std::unexpected(first.error());
    stream->pending_ = std::move(*first);
    return stream;
}

Result<Stream::Ready> Stream::take_all_ready() {
    Ready ready;
    std::optional<v4l2_buffer> newest;
    // The count bounds the loop: a driver that fills as fast as we empty must not hold us.
    while (ready.taken < buffers_.count()) {
        v4l2_buffer buffer{};
        buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        buffer.memory = V4L2_MEMORY_MMAP;
        if (const auto dequeued = device_.call(VIDIOC_DQBUF, "VIDIOC_DQBUF", &buffer); !dequeued) {
            if (dequeued.error().error == EAGAIN)
                break;
            return std::unexpected(dequeued.error().failure);
        }
        ++ready.taken;
        const bool damaged = (buffer.flags & V4L2_BUF_FLAG_ERROR) != 0 || buffer.bytesused == 0;
        const auto spent = damaged ? std::optional(buffer) : std::exchange(newest, buffer);
        if (!spent)
            continue;
        if (const auto queued = buffers_.queue(device_, spent->index); !queued) {
            return std::unexpected(queued.error().failure);
        }
    }
    if (!newest)
        return ready;
    SecretBytes picture = copy_picture(buffers_.view(newest->index, newest->bytesused), format_);
    if (!picture.empty()) {
        ready.newest = Frame{.width = format_.width,
                             .height = format_.height,
                             .format = format_.pixels,
                             .bytes = std::move(picture),
                             .captured = capture_time(*newest),
                             .sequence = newest->sequence};
    }
    if (const auto queued = buffers_.queue(device_, newest->index); !queued) {
        return std::unexpected(queued.error().failure);
    }
    return ready;
}

Result<short> Stream::wait(Instant until) {
    std::array<pollfd, 2> watched{{{interrupt_.descriptor(), POLLIN, 0}, {device_.descriptor(), POLLIN, 0}}};
    for (;;) {
        const auto left = std::chrono::ceil<Milliseconds>(until - SteadyClock::now());
        const auto timeout = std::clamp<std::int64_t>(left.count(), 0, 60'000);
        const int woken = poll(watched.data(), watched.size(), static_cast<int>(timeout));
        if (woken < 0 && errno != EINTR)
            return fail(Reason::camera_error, "poll");
        if (interrupt_.take())
            return fail(Reason::cancelled, "interrupted");
        if (woken > 0)
            return watched[1].revents;
        if (SteadyClock::now() >= until)
            return fail(Reason::camera_silent, "no frame within the budget");
    }
}

Result<Frame> Stream::next(Instant until) {
    std::optional<Frame> best = std::exchange(pending_, std::nullopt);
    for (bool first_look = true;; first_look = false) {
        const bool last_look = SteadyClock::now() >= until;
        const auto events = wait(first_look ? SteadyClock::now() : until);
        if (!events && events.error().reason != Reason::camera_silent)
            return std::unexpected(events.error());
        bool old = false;
        if (events) {
            auto ready = take_all_ready();
            if (!ready)
                return std::unexpected(ready.error());
            if (ready->newest)
                best = std::move(ready->newest);
            // All buffers full: we were slow, the driver has dropped frames since, and what it kept may be
            // old.
            old = best && ready->taken == buffers_.count() &&
                  SteadyClock::now() - best->captured > 2 * format_.interval;
        }
        const bool time_is_up = last_look || (!events && !first_look);
        if (best && (!old || time_is_up))
            return std::move(*best);
        if (events && (*events & POLLIN) == 0) {
            const auto reason = (*events & POLLHUP) != 0 ? Reason::camera_lost : Reason::camera_error;
            return fail(reason, "the stream has stopped");
        }
        if (time_is_up)
            return fail(Reason::camera_silent, "no frame within the budget");
    }
}

ExposureRange Stream::exposure_range() {
    if (!exposure_)
        exposure_ = Exposure::of(device_, format_.interval);
    return exposure_->range();
}

Result<void> Stream::expose(float stops) {
    if (!exposure_range().supported())
        return CameraLease::expose(stops);
    return exposure_->set(device_, stops);
}

void Stream::interrupt() noexcept {
    interrupt_.ring();
}

} // namespace kaomon::camera::v4l2
