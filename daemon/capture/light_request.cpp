#include "daemon/capture/light_request.hpp"

namespace kaomon::capture {
namespace {

constexpr Milliseconds settled{300}, silent{1200}; // of a face that is there
constexpr int most_lights = 2;                     // in a visit
constexpr Milliseconds one_light{6000};            // six colours of 0.5 s, each shown within 0.4 s

} // namespace

bool LightRequest::due(std::optional<Instant::duration> lasted, liveness::Outcome flash,
                       Instant captured) noexcept {
    if (!available_ || !(demanded_ || preferred_) || flash != liveness::Outcome::not_assessed)
        return false;
    if (!lasted || *lasted < (demanded_ ? settled : silent))
        return false;
    if (lights_ == most_lights || (lights_ > 0 && captured - last_ < one_light))
        return false;
    ++lights_;
    last_ = captured;
    return true;
}

} // namespace kaomon::capture
