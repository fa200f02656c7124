#include "tests/daemon/face/oracle.hpp"

#include <opencv2/core/utility.hpp>
#include <opencv2/dnn/dnn.hpp>

#include <filesystem>
#include <stdexcept>

namespace kaomon::face {
namespace {

class Oracle : public Network {
  public:
    Oracle(cv::dnn::Net net, const NetworkShape& shape)
        : net_(std::move(net)), shape_(shape), names_(shape.outputs.begin(), shape.outputs.end()) {
        net_.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
    }

    Result<void> run(const Pixels& picture) override {
        const int sides[] = {1, 3, shape_.height, shape_.width};
        cv::Mat blob(4, sides, CV_32F);
        auto* number = blob.ptr<float>();
        for (std::size_t channel = 0; channel < 3; ++channel) {
            for (int y = 0; y < shape_.height; ++y) {
                const std::uint8_t* value =
                    picture.first + static_cast<std::size_t>(y) * picture.row + channel;
                for (int x = 0; x < shape_.width; ++x, value += 3)
                    *number++ = static_cast<float>(*value) * picture.factor + picture.offset;
            }
        }
        net_.setInput(blob);
        net_.forward(results_, names_);
        return {};
    }
    std::span<const float> output(std::size_t index) const override {
        return {results_.at(index).ptr<float>(), results_.at(index).total()};
    }
    void forget() noexcept override {}

  private:
    cv::dnn::Net net_;
    NetworkShape shape_;
    std::vector<cv::String> names_;
    std::vector<cv::Mat> results_;
};

} // namespace

std::unique_ptr<Network> open_oracle(const std::string& name, const NetworkShape& shape) {
    const std::string file = KAOMON_SOURCE_DIR "/models/oracle/" + name + ".onnx";
    if (!std::filesystem::exists(file))
        throw std::runtime_error("no oracle " + name + ": run tools/models/fetch --demo");
    cv::setNumThreads(1);
    return std::make_unique<Oracle>(cv::dnn::readNetFromONNX(file), shape);
}

} // namespace kaomon::face
