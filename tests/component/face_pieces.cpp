#include "tests/component/face_pieces.hpp"

#include "daemon/face/align_cv.hpp"
#include "daemon/face/stream.hpp"

#include <set>
#include <span>

namespace kaomon::test {
namespace {

template<class T>
ByteView bytes_of(std::span<const T> values) {
    return {reinterpret_cast<const std::uint8_t*>(values.data()), values.size_bytes()};
}

template<class T>
void add_numbers(Pieces& pieces, const std::string& kind, std::span<const T> values, std::size_t length,
                 std::size_t step) {
    for (std::size_t at = 0; at + length <= values.size(); at += step) {
        const auto run = values.subspan(at, length);
        if (std::set<T>(run.begin(), run.end()).size() * 2 >= length)
            pieces.add(kind, bytes_of(run));
    }
}

cv::Mat as_matrix(const Image& picture) { // RGB
    cv::Mat rgb(picture.height, picture.width, CV_8UC3);
    for (std::size_t i = 0; i < rgb.total() * 3; ++i)
        rgb.data[i] = picture.pixels[picture.channels == 3 ? i : i / 3];
    return rgb;
}

} // namespace

void add_runs(Pieces& pieces, const std::string& kind, ByteView bytes, std::size_t length, std::size_t step) {
    for (std::size_t at = 0; at + length <= bytes.size(); at += step) {
        const ByteView run = bytes.subspan(at, length);
        if (std::set<std::uint8_t>(run.begin(), run.end()).size() * 2 >= length)
            pieces.add(kind, run);
    }
}

bool add_face(Pieces& pieces, const std::string& whose, face::Pipeline& pipeline, const Image& picture) {
    add_runs(pieces, whose + ", pixels", picture.pixels, 16, 509);
    const auto seen = pipeline.observe(picture);
    if (!seen)
        return false;
    const auto add_mesh = [&](const face::MeshPoints& points) {
        std::vector<float> mesh;
        for (const auto& point : points)
            mesh.insert(mesh.end(), {point.x, point.y, point.z});
        add_numbers(pieces, whose + ", mesh", std::span<const float>(mesh), 6, 30);
    };
    add_mesh(seen->mesh);
    face::Stream stream(pipeline); // as the first frame of a visit
    if (const auto first = stream.look(picture, {}))
        add_mesh(first->mesh);
    const cv::Mat crop = face::align(as_matrix(picture), seen->five);
    const ByteView crop_bytes{crop.data, crop.total() * crop.elemSize()};
    add_runs(pieces, whose + ", crop", crop_bytes, 16, 251);
    const std::vector<float> numbers(crop_bytes.begin(), crop_bytes.end()); // as a network sees it
    add_numbers(pieces, whose + ", crop as numbers", std::span<const float>(numbers), 8, 251);
    const auto view = pipeline.embed(picture, *seen);
    if (!view)
        return false;
    add_numbers(pieces, whose + ", template", std::span<const float>(view->get().unit), 4, 8);
    return true;
}

} // namespace kaomon::test
