// Why a visual check was needed.
#pragma once

#include "proto/words.hpp"

#include <cstdint>

namespace kaomon {

// As in the interface's type VisualCheck, whose comment says what each stands for.
enum class VisualCheckReason : std::uint8_t {
    face_failed,
    no_photo,
    cannot_face_camera,
    pin_failed,
    card_locked,
    device_fault,
    other
};
consteval auto words_of(VisualCheckReason) {
    return in_words("face_failed", "no_photo", "cannot_face_camera", "pin_failed", "card_locked",
                    "device_fault", "other");
}

} // namespace kaomon
