#include "tests/drivers/camera/v4l2/fake_device.hpp"

#include <fcntl.h>
#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <thread>

namespace {

std::atomic<kaomon::camera::v4l2::FakeDevice*> plugged_in = nullptr;

} // namespace

extern "C" {
int __real_open(const char* path, int flags, ...);
int __real_close(int descriptor);
int __real_ioctl(int descriptor, unsigned long request, ...);
void* __real_mmap(void* address, size_t length, int protection, int flags, int descriptor, off_t offset);

int __wrap_open(const char* path, int flags, ...) {
    if (auto* device = plugged_in.load(); device != nullptr && device->is_at(path))
        return device->open();
    va_list rest;
    va_start(rest, flags);
    const int mode = (flags & O_CREAT) != 0 ? va_arg(rest, int) : 0;
    va_end(rest);
    return __real_open(path, flags, mode);
}

int __wrap_close(int descriptor) {
    if (auto* device = plugged_in.load(); device != nullptr && device->owns(descriptor))
        device->closed();
    return __real_close(descriptor);
}

int __wrap_ioctl(int descriptor, unsigned long request, ...) {
    va_list rest;
    va_start(rest, request);
    void* argument = va_arg(rest, void*);
    va_end(rest);
    if (auto* device = plugged_in.load(); device != nullptr && device->owns(descriptor)) {
        return device->ioctl(request, argument);
    }
    return __real_ioctl(descriptor, request, argument);
}

void* __wrap_mmap(void* address, size_t length, int protection, int flags, int descriptor, off_t offset) {
    if (auto* device = plugged_in.load(); descriptor >= 0 && device != nullptr && device->owns(descriptor)) {
        descriptor = device->memory();
    }
    return __real_mmap(address, length, protection, flags, descriptor, offset);
}
}

namespace kaomon::camera::v4l2 {
namespace {

constexpr unsigned most_buffers = 8;
constexpr std::uint32_t page = 4096;

template<std::size_t N>
void set_text(__u8 (&field)[N], const char* text) {
    std::snprintf(reinterpret_cast<char*>(field), N, "%s", text);
}

} // namespace

FakeDevice::FakeDevice(std::string path) : path_(std::move(path)) {
    plugged_in = this;
}
FakeDevice::~FakeDevice() {
    plugged_in = nullptr;
}

// Without the lock: our own calls of close() under it come here too.
bool FakeDevice::owns(int descriptor) const {
    return descriptor >= 0 && descriptor == descriptor_;
}
bool FakeDevice::is_open() const {
    return descriptor_ >= 0;
}

bool FakeDevice::streaming() const {
    const std::scoped_lock lock(mutex_);
    return streaming_;
}

v4l2_pix_format FakeDevice::chosen() const {
    const std::scoped_lock lock(mutex_);
    return chosen_;
}

int FakeDevice::open() {
    const std::scoped_lock lock(mutex_);
    if (open_error != 0 || unplugged_) {
        errno = unplugged_ ? ENODEV : open_error;
        return -1;
    }
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return -1;
    descriptor_ = ends[0];
    write_end_.reset(ends[1]);
    return descriptor_;
}

void FakeDevice::closed() {
    const std::scoped_lock lock(mutex_);
    descriptor_ = -1;
    streaming_ = false;
    queued_.clear();
    ready_.clear();
}

void FakeDevice::unplug() {
    const std::scoped_lock lock(mutex_);
    unplugged_ = true;
    __real_close(write_end_.release());
}

void FakeDevice::deliver(ByteView picture, Delivery delivery) {
    const std::scoped_lock lock(mutex_);
    const std::uint32_t number = sequence_++;
    if (!streaming_ || queued_.empty())
        return;
    v4l2_buffer buffer{};
    buffer.index = queued_.front();
    queued_.pop_front();
    buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    buffer.memory = V4L2_MEMORY_MMAP;
    buffer.sequence = number;
    buffer.flags = delivery.flags;
    buffer.bytesused = static_cast<std::uint32_t>(std::min<std::size_t>(picture.size(), buffer_size()));
    const auto since = delivery.captured.value_or(SteadyClock::now()).time_since_epoch();
    const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(since).count();
    buffer.timestamp.tv_sec = microseconds / 1'000'000;
    buffer.timestamp.tv_usec = microseconds % 1'000'000;
    const off_t place = static_cast<off_t>(buffer.index) * buffer_size();
    if (pwrite(memory_.get(), picture.data(), buffer.bytesused, place) < 0)
        return;
    ready_.push_back(buffer);
    if (write(write_end_.get(), "x", 1) != 1)
        return;
}

int FakeDevice::ioctl(unsigned long request, void* argument) {
    int error = 0;
    {
        std::unique_lock lock(mutex_);
        if (const auto delay = delays.find(request); delay != delays.end()) {
            const Milliseconds time = delay->second;
            lock.unlock();
            std::this_thread::sleep_for(time);
            lock.lock();
        }
        if (unplugged_) {
            error = ENODEV;
        } else if (const auto broken = errors.find(request); broken != errors.end()) {
            error = broken->second;
        } else {
            error = answer(request, argument);
        }
    }
    if (error == 0 && request == VIDIOC_STREAMON && !on_start.empty())
        deliver(on_start);
    errno = error;
    return error == 0 ? 0 : -1;
}

int FakeDevice::dequeue(v4l2_buffer& buffer) {
    char token = 0;
    if (!streaming_)
        return EINVAL;
    if (ready_.empty() || read(descriptor_, &token, 1) != 1)
        return EAGAIN;
    buffer = ready_.front();
    ready_.pop_front();
    return 0;
}

int FakeDevice::set_control(const v4l2_control& wish) {
    const auto control = controls.find(wish.id);
    if (control == controls.end())
        return EINVAL;
    if (wish.value < control->second.lowest || wish.value > control->second.highest)
        return ERANGE;
    if (wish.id == V4L2_CID_EXPOSURE_ABSOLUTE &&
        controls[V4L2_CID_EXPOSURE_AUTO].value != V4L2_EXPOSURE_MANUAL)
        return EACCES;
    control->second.value = wish.value;
    return 0;
}

int FakeDevice::answer(unsigned long request, void* argument) {
    switch (request) {
    case VIDIOC_QUERYCAP: {
        auto& capability = *static_cast<v4l2_capability*>(argument);
        set_text(capability.driver, "fake");
        set_text(capability.card, "Fake Camera");
        set_text(capability.bus_info, "usb-fake-1");
        capability.device_caps = capabilities;
        capability.capabilities = capabilities | V4L2_CAP_DEVICE_CAPS;
        return 0;
    }
    case VIDIOC_ENUM_FMT: {
        auto& entry = *static_cast<v4l2_fmtdesc*>(argument);
        if (entry.index >= formats.size())
            return EINVAL;
        entry.pixelformat = formats[entry.index];
        return 0;
    }
    case VIDIOC_ENUM_FRAMESIZES: {
        auto& entry = *static_cast<v4l2_frmsizeenum*>(argument);
        if (entry.index >= sizes.size())
            return EINVAL;
        entry.type = V4L2_FRMSIZE_TYPE_DISCRETE;
        entry.discrete = {sizes[entry.index].width, sizes[entry.index].height};
        return 0;
    }
    case VIDIOC_ENUM_FRAMEINTERVALS: {
        auto& entry = *static_cast<v4l2_frmivalenum*>(argument);
        if (entry.index >= rates.size())
            return EINVAL;
        entry.type = V4L2_FRMIVAL_TYPE_DISCRETE;
        entry.discrete = {1, rates[entry.index]};
        return 0;
    }
    case VIDIOC_S_FMT: {
        auto& picture = static_cast<v4l2_format*>(argument)->fmt.pix;
        const bool known = std::ranges::any_of(sizes, [&](const Size& size) {
            return size.width == picture.width && size.height == picture.height;
        });
        if (!known && !sizes.empty())
            std::tie(picture.width, picture.height) = std::tie(sizes[0].width, sizes[0].height);
        switch (picture.pixelformat) {
        case V4L2_PIX_FMT_YUYV:
        case V4L2_PIX_FMT_UYVY:
            picture.bytesperline = picture.width * 2 + padding;
            break;
        case V4L2_PIX_FMT_NV12:
        case V4L2_PIX_FMT_GREY:
            picture.bytesperline = picture.width + padding;
            break;
        default:
            picture.bytesperline = 0;
        }
        picture.sizeimage = ((picture.width * 2 + padding) * picture.height + page - 1) / page * page;
        chosen_ = picture;
        return 0;
    }
    case VIDIOC_S_PARM:
        return 0;
    case VIDIOC_QUERYCTRL: {
        auto& about = *static_cast<v4l2_queryctrl*>(argument);
        const auto control = controls.find(about.id);
        if (control == controls.end())
            return EINVAL;
        about.minimum = control->second.lowest;
        about.maximum = control->second.highest;
        about.step = 1;
        about.flags = control->second.flags;
        return 0;
    }
    case VIDIOC_QUERYMENU: {
        auto& entry = *static_cast<v4l2_querymenu*>(argument);
        const auto control = controls.find(entry.id);
        if (control == controls.end() || entry.index >= control->second.menu.size())
            return EINVAL;
        entry.value = control->second.menu[entry.index];
        return 0;
    }
    case VIDIOC_G_CTRL: {
        auto& now = *static_cast<v4l2_control*>(argument);
        const auto control = controls.find(now.id);
        if (control == controls.end())
            return EINVAL;
        now.value = control->second.value;
        return 0;
    }
    case VIDIOC_S_CTRL:
        return set_control(*static_cast<v4l2_control*>(argument));
    case VIDIOC_REQBUFS: {
        auto& wish = *static_cast<v4l2_requestbuffers*>(argument);
        buffers_ = wish.count = std::min(wish.count, most_buffers);
        memory_.reset(memfd_create("fake_camera", MFD_CLOEXEC));
        return ftruncate(memory_.get(), static_cast<off_t>(buffers_) * buffer_size()) == 0 ? 0 : ENOMEM;
    }
    case VIDIOC_QUERYBUF: {
        auto& buffer = *static_cast<v4l2_buffer*>(argument);
        if (buffer.index >= buffers_)
            return EINVAL;
        buffer.length = buffer_size();
        buffer.m.offset = buffer.index * buffer_size();
        return 0;
    }
    case VIDIOC_QBUF:
        queued_.push_back(static_cast<v4l2_buffer*>(argument)->index);
        return 0;
    case VIDIOC_DQBUF:
        return dequeue(*static_cast<v4l2_buffer*>(argument));
    case VIDIOC_STREAMON:
        streaming_ = true;
        return 0;
    case VIDIOC_STREAMOFF:
        streaming_ = false;
        return 0;
    default:
        return ENOTTY;
    }
}

} // namespace kaomon::camera::v4l2
