#include "daemon/visit/preview.hpp"

#include "drivers/camera/jpeg.hpp"
#include "drivers/picture/small.hpp"

#include <utility>

namespace kaomon::visit {
namespace {

constexpr Milliseconds apart{95}; // ten a second of a camera that gives thirty
constexpr int widest = 320, highest = 240, quality = 70;

face::Box in_shares(const face::Box& box, const Image& of) {
    const auto width = static_cast<float>(of.width), height = static_cast<float>(of.height);
    return {box.left / width, box.top / height, box.right / width, box.bottom / height};
}

} // namespace

void Preview::next(const Image& picture, const std::optional<face::Box>& face, Instant captured) {
    if (!sink_ || (last_ && captured - *last_ < apart))
        return;
    last_ = captured;
    PreviewFrame frame{.jpeg = camera::encode_jpeg(picture::made_small(picture, widest, highest), quality)};
    if (face)
        frame.face = in_shares(*face, picture);
    if (!frame.jpeg.empty())
        sink_(std::move(frame));
}

void Preview::end() {
    if (std::exchange(last_, std::nullopt) && sink_)
        sink_({});
}

} // namespace kaomon::visit
