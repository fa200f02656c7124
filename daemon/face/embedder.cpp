#include "daemon/face/align_cv.hpp"
#include "daemon/face/embedder_cv.hpp"
#include "daemon/face/picture_cv.hpp"

#include <cmath>

namespace kaomon::face {
namespace {

// Under this length a template says little: 1 % of press photographs (LFW) are below 9.5, frames of a hidden
// or averted face around 4. What is good enough for a verdict is decided above this room.
constexpr float shortest = 8;

} // namespace

Result<Embedder> Embedder::open(ByteView file, Backend backend) {
    auto network = open_network(file, {aligned_side, aligned_side, {"fc1"}}, backend);
    if (!network)
        return std::unexpected(std::move(network.error()));
    return Embedder(std::move(*network));
}

Result<Template> Embedder::embed(const cv::Mat& aligned) {
    if (auto done = network_->run(pixels_of(aligned, 1, 0)); !done) // mean and scale are in the file
        return std::unexpected(std::move(done.error()));
    const auto numbers = network_->output(0);
    if (numbers.size() != template_size)
        return fail(Reason::internal_error, "the embedder gave another size");
    double squares = 0;
    for (const float number : numbers)
        squares += static_cast<double>(number) * static_cast<double>(number);
    const auto norm = static_cast<float>(std::sqrt(squares));
    if (!(norm >= shortest))
        return fail(Reason::face_unclear, "the template is too short"); // also not a number
    Template result;
    result.get().norm = norm;
    for (std::size_t i = 0; i < numbers.size(); ++i)
        result.get().unit[i] = numbers[i] / norm;
    return result;
}

} // namespace kaomon::face
