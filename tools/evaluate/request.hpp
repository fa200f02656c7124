// What a hint of a visit asks of the person before the camera.
#pragma once

#include "drivers/fault/fault.hpp"
#include "proto/reason.hpp"

namespace kaomon::evaluate {

// By the hint's word; none for one that asks for no movement. Reentrant.
fault::Ask asked_by(Reason hint);

} // namespace kaomon::evaluate
