#include "daemon/face/network.hpp"

#include <opencv2/core/utility.hpp>
#include <opencv2/dnn/dnn.hpp>

namespace kaomon::face {
namespace {

class OpenCvNetwork : public Network {
  public:
    OpenCvNetwork(cv::dnn::Net net, InputShape input, std::vector<std::string> outputs)
        : net_(std::move(net)), input_(input), names_(outputs.begin(), outputs.end()) {}

    Result<std::vector<Numbers>> run(std::span<const float> input) override {
        if (input.size() != input_.size())
            return fail(Reason::internal_error, "network input of a wrong size");
        try {
            const int shape[] = {1, input_.channels, input_.height, input_.width};
            // Wraps the caller's memory; OpenCV only reads it.
            net_.setInput(cv::Mat(4, shape, CV_32F, const_cast<float*>(input.data())));
            std::vector<cv::Mat> results;
            net_.forward(results, names_);
            std::vector<Numbers> numbers;
            numbers.reserve(results.size());
            for (const cv::Mat& result : results) {
                const auto* first = result.ptr<float>();
                numbers.emplace_back(first, first + result.total());
            }
            return numbers;
        } catch (const cv::Exception&) {
            // its text may quote shapes and file names of the build machine: not passed on
            return fail(Reason::internal_error, "OpenCV could not run a network");
        }
    }

  private:
    cv::dnn::Net net_;
    InputShape input_;
    std::vector<cv::String> names_;
};

} // namespace

Result<std::unique_ptr<Network>> open_with_opencv(ByteView onnx, InputShape input,
                                                  std::vector<std::string> outputs) {
    // One thread: the nets are small, and OpenCV's idle workers spin and slow down the others (see the
    // benchmarks).
    cv::setNumThreads(1);
    try {
        auto net = cv::dnn::readNetFromONNX(reinterpret_cast<const char*>(onnx.data()), onnx.size());
        net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
        net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
        std::unique_ptr<Network> network =
            std::make_unique<OpenCvNetwork>(std::move(net), input, std::move(outputs));
        // The first run allocates every layer; an unknown output name shows here and not before a patient.
        if (auto warm = network->run(Numbers(input.size())); !warm) {
            return fail(Reason::model_refused, "OpenCV cannot run this network");
        }
        return network;
    } catch (const cv::Exception&) {
        return fail(Reason::model_refused, "OpenCV cannot read this network");
    }
}

} // namespace kaomon::face
