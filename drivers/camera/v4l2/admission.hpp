// Whether a camera may be used: a physical one, and the one that was accepted.
#pragma once

#include "drivers/camera/origin/record.hpp"
#include "drivers/camera/v4l2/camera.hpp"
#include "drivers/camera/v4l2/device.hpp"

#include <filesystem>

namespace kaomon::camera::v4l2 {

// Of the opened device at `node`. Reasons: camera_virtual, camera_changed, camera_record_unusable, and those
// of a device that is asked what it offers. Reentrant.
Result<void> admit(const Device& device, const std::filesystem::path& node, const Settings& settings);

// The same without a session: opens the device, does not stream. Reentrant.
origin::Report look(const Settings& settings);
// The camera that is there now becomes the accepted one, if it is the one with that id (origin::id_of).
// Reasons: those of admit(); camera_changed where another one is there than the operator was shown.
// Reentrant.
Result<origin::Identity> accept(const Settings& settings, std::string_view id);

} // namespace kaomon::camera::v4l2
