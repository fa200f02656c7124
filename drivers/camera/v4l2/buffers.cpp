#include "drivers/camera/v4l2/buffers.hpp"

#include <linux/videodev2.h>
#include <sys/mman.h>

#include <algorithm>

namespace kaomon::camera::v4l2 {
namespace {

v4l2_buffer numbered(std::uint32_t index) {
    v4l2_buffer buffer{};
    buffer.index = index;
    buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    buffer.memory = V4L2_MEMORY_MMAP;
    return buffer;
}

} // namespace

Result<Buffers> Buffers::map(const Device& device, unsigned count) {
    v4l2_requestbuffers request{};
    request.count = count;
    request.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    request.memory = V4L2_MEMORY_MMAP;
    if (const auto asked = device.call(VIDIOC_REQBUFS, "VIDIOC_REQBUFS", &request); !asked) {
        return std::unexpected(asked.error().failure);
    }
    if (request.count < 2)
        return fail(Reason::camera_error, "VIDIOC_REQBUFS: too few buffers");

    Buffers buffers;
    for (std::uint32_t index = 0; index < request.count; ++index) {
        v4l2_buffer buffer = numbered(index);
        if (const auto asked = device.call(VIDIOC_QUERYBUF, "VIDIOC_QUERYBUF", &buffer); !asked) {
            return std::unexpected(asked.error().failure);
        }
        void* memory = mmap(nullptr, buffer.length, PROT_READ | PROT_WRITE, MAP_SHARED, device.descriptor(),
                            buffer.m.offset);
        if (memory == MAP_FAILED)
            return fail(Reason::camera_error, "mmap of a frame buffer");
        madvise(memory, buffer.length, MADV_DONTDUMP); // a face: not for a core dump
        buffers.memory_.emplace_back(static_cast<std::uint8_t*>(memory), buffer.length);
        if (const auto queued = buffers.queue(device, index); !queued) {
            return std::unexpected(queued.error().failure);
        }
    }
    return buffers;
}

Buffers::~Buffers() {
    for (const auto memory : memory_) {
        wipe(memory.data(), memory.size());
        munmap(memory.data(), memory.size());
    }
}

ByteView Buffers::view(std::uint32_t index, std::size_t used) const noexcept {
    if (index >= memory_.size())
        return {};
    return memory_[index].first(std::min(used, memory_[index].size()));
}

std::expected<void, CallFailure> Buffers::queue(const Device& device, std::uint32_t index) const {
    v4l2_buffer buffer = numbered(index);
    return device.call(VIDIOC_QBUF, "VIDIOC_QBUF", &buffer);
}

} // namespace kaomon::camera::v4l2
