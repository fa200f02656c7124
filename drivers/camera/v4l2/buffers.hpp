// The driver's frame memory, mapped into this process.
#pragma once

#include "drivers/base/secret.hpp"
#include "drivers/camera/v4l2/device.hpp"

#include <vector>

namespace kaomon::camera::v4l2 {

// Thread-bound; goes before its device does.
class Buffers {
  public:
    // Asks for `count` buffers, maps and queues them. Reasons: camera_busy, camera_lost, camera_error.
    static Result<Buffers> map(const Device& device, unsigned count);
    Buffers(Buffers&&) noexcept = default;
    Buffers& operator=(Buffers&&) = delete;
    ~Buffers();

    std::size_t count() const noexcept { return memory_.size(); }
    // The first `used` bytes of a buffer, as far as it is that large.
    ByteView view(std::uint32_t index, std::size_t used) const noexcept;
    std::expected<void, CallFailure> queue(const Device& device, std::uint32_t index) const;

  private:
    Buffers() = default;
    std::vector<std::span<std::uint8_t>> memory_;
};

} // namespace kaomon::camera::v4l2
