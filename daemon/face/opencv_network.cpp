#include "daemon/face/opencv_network_cv.hpp"
#include "drivers/base/secret.hpp"

#include <opencv2/core/utility.hpp>
#include <opencv2/dnn/dnn.hpp>

#include <array>

namespace kaomon::face {
namespace {

using engine::Activation;
using engine::Kind;
using engine::Layer;
using engine::Model;
using engine::Shape;

std::string name_of(std::size_t tensor) {
    return "t" + std::to_string(tensor);
}

cv::Mat row_of(const std::vector<float>& numbers) {
    return cv::Mat(numbers, true).reshape(1, 1);
}

// The file's order is row, column, channel; OpenCV wants channel, row, column.
cv::Mat weights_of(const Layer& layer, int channels) {
    const int shape[] = {static_cast<int>(layer.weights.rows), channels,
                         static_cast<int>(layer.kernel_height), static_cast<int>(layer.kernel_width)};
    cv::Mat weights(4, shape, CV_32F);
    const int window = shape[2] * shape[3];
    auto* number = weights.ptr<float>();
    for (std::uint32_t row = 0; row < layer.weights.rows; ++row) {
        for (int channel = 0; channel < channels; ++channel) {
            for (int place = 0; place < window; ++place)
                *number++ = layer.weights.at(row, static_cast<std::uint32_t>(place * channels + channel));
        }
    }
    return weights;
}

// Builds an OpenCV network layer by layer. The last layer of those that make tensor n has the name tn.
class Builder {
  public:
    explicit Builder(const Model& model) : model_(model) {
        net_.setInputsNames({name_of(0)});
        made_.push_back(0);
        for (std::size_t i = 0; i < model.layers.size(); ++i)
            add(model.layers[i], i + 1);
    }
    cv::dnn::Net net() const { return net_; }

  private:
    void add(const Layer& layer, std::size_t tensor) {
        const Shape& source = model_.shapes[layer.source];
        const Shape& target = model_.shapes[tensor];
        int last = made_[layer.source];
        if (layer.kind == Kind::flatten) {
            last = append(last, "Scale", per_channel(layer));
            const int shape[] = {1, static_cast<int>(target.channels), 1, 1};
            cv::dnn::LayerParams reshape;
            reshape.set("dim", cv::dnn::DictValue::arrayInt(shape, 4));
            last = append(last, "Reshape", reshape);
        } else if (layer.kind == Kind::max_pool) {
            cv::dnn::LayerParams pool = window(layer);
            pool.set("pool", "max");
            pool.set("ceil_mode", false);
            last = append(last, "Pooling", pool);
        } else {
            const bool depthwise = layer.kind == Kind::depthwise;
            // OpenCV's convolution knows no padding that differs from side to side.
            const auto& pad = layer.padding;
            const bool even = pad.top == pad.bottom && pad.left == pad.right;
            if (!even)
                last = append(last, "Padding", padding(0, pad));
            cv::dnn::LayerParams convolution = window(layer);
            convolution.set("pad_h", even ? static_cast<int>(pad.top) : 0);
            convolution.set("pad_w", even ? static_cast<int>(pad.left) : 0);
            convolution.set("num_output", static_cast<int>(target.channels));
            convolution.set("group", depthwise ? static_cast<int>(source.channels) : 1);
            convolution.set("bias_term", true);
            convolution.blobs = {weights_of(layer, depthwise ? 1 : static_cast<int>(source.channels)),
                                 row_of(layer.bias)};
            last = append(last, "Convolution", convolution);
        }
        if (layer.residual)
            last = sum(last, *layer.residual, target);
        if (layer.activation == Activation::relu)
            last = append(last, "ReLU", {});
        if (layer.activation == Activation::prelu) {
            cv::dnn::LayerParams prelu;
            prelu.blobs = {row_of(layer.slopes)};
            last = append(last, "PReLU", prelu);
        }
        made_.push_back(append(last, "Identity", {}, name_of(tensor)));
    }

    int sum(int one, std::uint32_t residual, const Shape& target) {
        int other = made_[residual];
        const std::uint32_t channels = model_.shapes[residual].channels;
        if (channels < target.channels) {
            other = append(other, "Padding", padding(target.channels - channels, {}));
        }
        cv::dnn::LayerParams add;
        add.set("operation", "sum");
        const int id = append(one, "Eltwise", add);
        net_.connect(other, 0, id, 1);
        return id;
    }

    static cv::dnn::LayerParams per_channel(const Layer& layer) {
        cv::dnn::LayerParams scale;
        scale.set("axis", 1);
        scale.set("bias_term", true);
        scale.blobs = {row_of(layer.weights.plain), row_of(layer.bias)};
        return scale;
    }

    static cv::dnn::LayerParams padding(std::uint32_t channels, const engine::Padding& pad) {
        const std::array<std::uint32_t, 8> around{0,       0,          0,        channels,
                                                  pad.top, pad.bottom, pad.left, pad.right};
        cv::dnn::LayerParams params;
        params.set("paddings", cv::dnn::DictValue::arrayInt(around.begin(), static_cast<int>(around.size())));
        return params;
    }

    static cv::dnn::LayerParams window(const Layer& layer) {
        cv::dnn::LayerParams params;
        const auto set = [&](const char* key, std::uint32_t value) {
            params.set(key, static_cast<int>(value));
        };
        set("kernel_h", layer.kernel_height);
        set("kernel_w", layer.kernel_width);
        set("stride_h", layer.stride);
        set("stride_w", layer.stride);
        return params;
    }

    int append(int source, const std::string& type, cv::dnn::LayerParams params, std::string name = {}) {
        params.name = name.empty() ? "l" + std::to_string(count_++) : std::move(name);
        params.type = type;
        const int id = net_.addLayer(params.name, type, params);
        net_.connect(source, 0, id, 0);
        return id;
    }

    const Model& model_;
    cv::dnn::Net net_;
    std::vector<int> made_; // OpenCV's number of the layer that makes each tensor
    int count_ = 0;
};

class OpenCvNetwork : public Network {
  public:
    explicit OpenCvNetwork(const Model& model)
        : net_(Builder(model).net()), shape_(model.shapes[0]), factor_(model.factor), offset_(model.offset),
          input_(shape_.size()) {
        net_.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
        net_.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
        for (const auto& output : model.outputs) {
            names_.push_back(name_of(output.tensor));
            results_.emplace_back(model.shapes[output.tensor].size());
        }
    }

    Result<void> run(const Pixels& picture) override {
        try {
            enter(picture);
            const int shape[] = {1, static_cast<int>(shape_.channels), static_cast<int>(shape_.height),
                                 static_cast<int>(shape_.width)};
            net_.setInput(cv::Mat(4, shape, CV_32F, input_.data()));
            std::vector<cv::Mat> results;
            net_.forward(results, names_);
            for (std::size_t i = 0; i < results.size(); ++i) {
                if (results[i].total() != results_[i].size())
                    return fail(Reason::internal_error, "OpenCV gave an output of another size");
                take(results[i], results_[i]);
            }
            return {};
        } catch (const cv::Exception&) {
            // its text may quote shapes and file names of the build machine: not passed on
            return fail(Reason::internal_error, "OpenCV could not run a network");
        }
    }

    std::span<const float> output(std::size_t index) const override { return results_.at(index); }

    // OpenCV keeps what its layers made until they make something else: they are given a black picture.
    void forget() noexcept override {
        const std::vector<std::uint8_t> black(shape_.size());
        (void)run({.first = black.data(), .row = std::size_t{shape_.width} * shape_.channels});
    }

  private:
    // To planes of floats.
    void enter(const Pixels& picture) {
        const float factor = picture.factor * factor_;
        const float offset = picture.offset * factor_ + offset_;
        float* number = input_.data();
        for (std::uint32_t channel = 0; channel < shape_.channels; ++channel) {
            for (std::uint32_t y = 0; y < shape_.height; ++y) {
                const std::uint8_t* value = picture.first + y * picture.row + channel;
                for (std::uint32_t x = 0; x < shape_.width; ++x, value += shape_.channels)
                    *number++ = static_cast<float>(*value) * factor + offset;
            }
        }
    }

    // From planes to channel beside channel.
    static void take(const cv::Mat& planes, std::span<float> numbers) {
        const std::size_t channels = planes.dims == 4 ? static_cast<std::size_t>(planes.size[1]) : 1;
        const std::size_t pixels = numbers.size() / channels;
        const auto* number = planes.ptr<float>();
        for (std::size_t channel = 0; channel < channels; ++channel) {
            for (std::size_t i = 0; i < pixels; ++i)
                numbers[i * channels + channel] = *number++;
        }
    }

    cv::dnn::Net net_;
    Shape shape_;
    float factor_, offset_;
    SecretVector<float> input_;
    std::vector<cv::String> names_;
    std::vector<SecretVector<float>> results_;
};

} // namespace

Result<std::unique_ptr<Network>> open_with_opencv(const Model& model) {
    // One thread: the nets are small, and OpenCV's idle workers spin and slow down the others (see the
    // benchmarks).
    cv::setNumThreads(1);
    try {
        auto network = std::make_unique<OpenCvNetwork>(model);
        // The first run allocates every layer; what OpenCV cannot do shows here and not before a patient.
        const std::vector<std::uint8_t> black(model.shapes[0].size());
        const Pixels picture{.first = black.data(),
                             .row = std::size_t{model.shapes[0].width} * model.shapes[0].channels};
        if (!network->run(picture))
            return fail(Reason::model_refused, "OpenCV cannot run this network");
        return network;
    } catch (const cv::Exception&) {
        return fail(Reason::model_refused, "OpenCV cannot read this network");
    }
}

} // namespace kaomon::face
