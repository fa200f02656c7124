// A V4L2 capture device made of a pipe and a memory file. The test executable is linked with --wrap, so that
// open(), close(), ioctl() and mmap() of the driver under test come here first; poll() is the kernel's own.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/clock.hpp"
#include "drivers/base/unique_fd.hpp"

#include <linux/videodev2.h>

#include <atomic>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace kaomon::camera::v4l2 {

// Stands in the file system's place at `path` while it lives. Thread-safe; one at a time.
class FakeDevice {
  public:
    struct Size {
        std::uint32_t width, height;
    };
    struct Delivery {
        std::uint32_t flags = V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC;
        std::optional<Instant> captured = {}; // now
    };

    struct Control {
        std::int32_t lowest = 0, highest = 0, value = 0;
        std::uint32_t flags = 0;
        std::vector<std::int64_t> menu = {}; // by index; not empty: an integer menu
    };

    explicit FakeDevice(std::string path);
    ~FakeDevice();

    // What it is: set before it is opened.
    std::uint32_t capabilities = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
    std::vector<std::uint32_t> formats = {V4L2_PIX_FMT_YUYV, V4L2_PIX_FMT_MJPEG};
    std::vector<Size> sizes = {{640, 480}, {1280, 720}, {320, 240}};
    std::vector<std::uint32_t> rates = {30}; // frames per second, of every size
    std::uint32_t padding = 0;               // bytes behind each line of a raw format
    int open_error = 0;
    std::map<std::uint32_t, Control>
        controls; // by V4L2_CID_...; the exposure time is refused while it is automatic
    std::map<unsigned long, int> errors;          // ioctl and the errno it fails with
    std::map<unsigned long, Milliseconds> delays; // ioctl and how long it takes
    Bytes on_start;                               // delivered as soon as it streams, unless empty

    // What happens to it.
    void deliver(ByteView picture, Delivery delivery); // lost when no buffer is queued, as in a driver
    void deliver(ByteView picture) { deliver(picture, Delivery{}); }
    void unplug();

    // What was done to it.
    bool is_open() const;
    bool streaming() const;
    v4l2_pix_format chosen() const;

    // The wrapped calls.
    bool is_at(const char* path) const { return path_ == path; }
    bool owns(int descriptor) const;
    int open();
    void closed();
    int ioctl(unsigned long request, void* argument);
    int memory() const { return memory_.get(); }

  private:
    int answer(unsigned long request, void* argument); // 0 or an errno
    int dequeue(v4l2_buffer& buffer);
    int set_control(const v4l2_control& wish);
    std::uint32_t buffer_size() const { return chosen_.sizeimage; }

    std::string path_;
    mutable std::mutex mutex_;
    int descriptor_ =
        -1; // the read end of a pipe: one byte for each ready buffer; the driver under test closes it
    UniqueFd write_end_; // closed when unplugged: POLLHUP
    UniqueFd memory_;
    bool unplugged_ = false, streaming_ = false;
    v4l2_pix_format chosen_{};
    unsigned buffers_ = 0;
    std::uint32_t sequence_ = 0;
    std::deque<std::uint32_t> queued_;
    std::deque<v4l2_buffer> ready_;
};

} // namespace kaomon::camera::v4l2
