#include "tools/clinic/rehearse/viewer.hpp"

namespace kaomon::rehearse {

Result<View> Viewer::next(Instant until) {
    while (true) {
        const auto frame = lease_.next(until);
        if (!frame)
            return std::unexpected(frame.error());
        auto picture = camera::decode(*frame);
        if (!picture)
            continue; // torn
        auto face = stream_.look(*picture, frame->captured);
        const auto luminance = face ? std::optional(face->quality.luminance_mean) : std::nullopt;
        if (const auto stops = metering_.next(luminance, frame->captured); stops && !lease_.expose(*stops))
            metering_ = camera::Metering(camera::ExposureRange{}); // then it stays as the camera chooses
        return View{std::move(*picture), std::move(face)};
    }
}

} // namespace kaomon::rehearse
