#include "daemon/face/engine/engine.hpp"

#include "daemon/face/engine/float_mode.hpp"
#include "daemon/face/engine/packed.hpp"
#include "daemon/face/engine/plan.hpp"

#include <algorithm>

namespace kaomon::face::engine {
namespace {

// Pixels of a band: a whole layer of 14 x 14, so that its megabyte of weights is walked through once, while
// what a depthwise convolution makes of them (400 kB) stays in the second-level cache.
constexpr std::size_t band_pixels = 196;

struct Rows {
    std::size_t from = 0, to = 0;
    std::size_t count() const noexcept { return to - from; }
};

// Pixels in memory from one of them on. Floats.
struct View {
    float* first = nullptr;
    std::size_t row = 0, pixel = 0;
};

class Engine : public Network {
  public:
    Engine(const Model& model, Plan plan, Arithmetic arithmetic, const Kernels& kernels);

    Result<void> run(const Pixels& picture) override;
    std::span<const float> output(std::size_t index) const override { return results_.at(index); }
    void forget() noexcept override { wipe(memory_.data(), memory_.size() * sizeof(float)); }

  private:
    // A layer without the numbers that are packed.
    struct Stage {
        Kind kind;
        std::uint32_t source, target;
        std::optional<std::uint32_t> residual;
        std::size_t kernel_height, kernel_width, stride;
        Padding padding;
        Packed packed;
    };

    float* at(std::uint32_t tensor, std::size_t y, std::size_t x) {
        const TensorLayout& layout = plan_.layouts[tensor];
        return memory_.data() + layout.first + y * layout.row + x * layout.pixel;
    }
    // What the window of the first pixel of output row y sees.
    View window_view(const Stage& stage, std::size_t y) {
        const TensorLayout& layout = plan_.layouts[stage.source];
        float* const middle = at(stage.source, y * stage.stride, 0);
        return {middle - stage.padding.top * layout.row - stage.padding.left * layout.pixel, layout.row,
                layout.pixel};
    }
    View scratch_view(const Stage& depthwise) const {
        const std::size_t pixel = depthwise.packed.channels / (depthwise.packed.pairs ? 2 : 1);
        return {scratch_.data(), shapes_[depthwise.target].width * pixel, pixel};
    }
    std::size_t rows_of_band(const Shape& shape) const {
        return std::clamp<std::size_t>(band_pixels / shape.width, 1, shape.height);
    }
    void clear_border(std::uint32_t tensor);
    void load_input(const Pixels& picture);
    void run(const Step& step);
    void run_convolution(const Stage& stage, const Stage* depthwise);
    void run_matrix(const Stage& stage);
    void run_depthwise(const Stage& stage);
    void run_pool(const Stage& stage);
    void run_flatten(const Stage& stage);
    void depthwise(const Stage& stage, Rows rows, View target);
    // `source`: what the window of the first pixel of `rows` sees.
    void band(const Stage& stage, View source, Rows rows);

    const Kernels& kernels_;
    Plan plan_;
    std::vector<Shape> shapes_;
    WeightMemory weights_;
    std::vector<Stage> stages_;
    float factor_, offset_;
    SecretVector<float> memory_;
    std::span<float>
        scratch_; // of memory_: what a depthwise convolution made of a band, the sums of a matrix
    std::vector<const float*> band_source_, band_residual_; // of each pixel of a band
    std::vector<float*> band_target_;
    std::vector<std::uint32_t> outputs_;
    std::vector<std::span<float>> results_;
};

Engine::Engine(const Model& model, Plan plan, Arithmetic arithmetic, const Kernels& kernels)
    : kernels_(kernels), plan_(std::move(plan)), shapes_(model.shapes), factor_(model.factor),
      offset_(model.offset) {
    std::vector<float> reach(model.layers.size());
    for (const Step& step : plan_.steps) {
        if (step.depthwise && arithmetic == Arithmetic::int16)
            reach[*step.depthwise] = reach[step.layer] = model.layers[*step.depthwise].reach;
    }
    for (std::uint32_t i = 0; i < model.layers.size(); ++i) {
        const Layer& layer = model.layers[i];
        const Shape& source = shapes_[layer.source];
        const Shape& target = shapes_[i + 1];
        stages_.push_back({.kind = layer.kind,
                           .source = layer.source,
                           .target = i + 1,
                           .residual = layer.residual,
                           .kernel_height = layer.kernel_height,
                           .kernel_width = layer.kernel_width,
                           .stride = layer.stride,
                           .padding = layer.padding,
                           .packed = pack(layer, source, plan_.layouts[layer.source].pixel, target, reach[i],
                                          kernels, weights_)});
    }
    std::size_t scratch = kernels.matrix_panel(); // the sums of a matrix
    std::size_t pixels = 1;
    for (const Step& step : plan_.steps) {
        const Shape& shape = shapes_[step.layer + 1];
        const std::size_t count = rows_of_band(shape) * shape.width;
        pixels = std::max(pixels, count);
        if (step.depthwise)
            scratch = std::max(scratch, count * stages_[*step.depthwise].packed.channels);
    }
    memory_.resize(plan_.memory + scratch);
    scratch_ = std::span(memory_).subspan(plan_.memory);
    band_source_.resize(pixels);
    band_residual_.resize(pixels);
    band_target_.resize(pixels);
    for (std::size_t i = 0; i < model.outputs.size(); ++i) {
        outputs_.push_back(model.outputs[i].tensor);
        results_.emplace_back(memory_.data() + plan_.results[i], shapes_[outputs_[i]].size());
    }
}

Result<void> Engine::run(const Pixels& picture) {
    const FloatMode mode;
    load_input(picture);
    for (const Step& step : plan_.steps)
        run(step);
    for (std::size_t i = 0; i < outputs_.size(); ++i) {
        const Shape& shape = shapes_[outputs_[i]];
        float* next = results_[i].data();
        for (std::size_t y = 0; y < shape.height; ++y) {
            for (std::size_t x = 0; x < shape.width; ++x)
                next = std::copy_n(at(outputs_[i], y, x), shape.channels, next);
        }
    }
    return {};
}

// Zeros around a tensor: another one may have lain here before.
void Engine::clear_border(std::uint32_t tensor) {
    const TensorLayout& layout = plan_.layouts[tensor];
    const Shape& shape = shapes_[tensor];
    const std::size_t inside = shape.width * layout.pixel;
    float* const begin = memory_.data() + layout.begin;
    float* const first = memory_.data() + layout.first;
    std::fill(begin, first, 0.F);
    for (std::size_t y = 0; y + 1 < shape.height; ++y) // from the end of a row to the start of the next
        std::fill(first + y * layout.row + inside, first + (y + 1) * layout.row, 0.F);
    std::fill(first + (shape.height - 1) * layout.row + inside, begin + layout.size, 0.F);
}

void Engine::load_input(const Pixels& picture) {
    const Shape& shape = shapes_[0];
    const float factor = picture.factor * factor_;
    const float offset = picture.offset * factor_ + offset_;
    clear_border(0);
    for (std::size_t y = 0; y < shape.height; ++y) {
        const std::uint8_t* row = picture.first + y * picture.row;
        if (plan_.layouts[0].pixel == shape.channels) {
            kernels_.widen_row(row, std::size_t{shape.width} * shape.channels, factor, offset, at(0, y, 0));
            continue;
        }
        for (std::size_t x = 0; x < shape.width; ++x) {
            float* pixel = at(0, y, x);
            std::fill_n(pixel, plan_.layouts[0].pixel, 0.F);
            kernels_.widen_row(row + x * shape.channels, shape.channels, factor, offset, pixel);
        }
    }
}

void Engine::run(const Step& step) {
    const Stage& stage = stages_[step.layer];
    clear_border(stage.target);
    switch (stage.packed.form) {
    case Form::panels:
        return run_convolution(stage, step.depthwise ? &stages_[*step.depthwise] : nullptr);
    case Form::matrix:
    case Form::eight_bit_matrix:
        return run_matrix(stage);
    case Form::channels:
        return stage.kind == Kind::flatten ? run_flatten(stage) : run_depthwise(stage);
    case Form::none:
        return run_pool(stage);
    }
}

void Engine::run_convolution(const Stage& stage, const Stage* before) {
    const Shape& shape = shapes_[stage.target];
    const std::size_t rows = rows_of_band(shape);
    const std::size_t bands = (shape.height + rows - 1) / rows;
    for (std::size_t i = 0; i < bands; ++i) {
        const Rows some{shape.height * i / bands, shape.height * (i + 1) / bands};
        if (before)
            depthwise(*before, some, scratch_view(*before));
        band(stage, before ? scratch_view(*before) : window_view(stage, some.from), some);
    }
}

void Engine::depthwise(const Stage& stage, Rows rows, View target) {
    const TensorLayout& layout = plan_.layouts[stage.source];
    for (std::size_t y = 0; y < rows.count(); ++y) {
        kernels_.convolve_depthwise({.source = window_view(stage, rows.from + y).first,
                                     .row = layout.row,
                                     .pixel = layout.pixel,
                                     .target = target.first + y * target.row,
                                     .target_pixel = target.pixel,
                                     .pairs = stage.packed.pairs,
                                     .width = shapes_[stage.target].width,
                                     .kernel_height = stage.kernel_height,
                                     .kernel_width = stage.kernel_width,
                                     .stride = stage.stride,
                                     .channels = stage.packed.channels,
                                     .weights = stage.packed.weights.data(),
                                     .finish = stage.packed.finish()});
    }
}

void Engine::band(const Stage& stage, View source, Rows rows) {
    const std::size_t width = shapes_[stage.target].width;
    const std::size_t source_step = stage.stride * source.pixel;
    const std::size_t target_step = plan_.layouts[stage.target].pixel;
    const std::size_t residual_step = stage.residual ? plan_.layouts[*stage.residual].pixel : 0;
    const float** const sources = band_source_.data();
    float** const targets = band_target_.data();
    const float** const residuals = band_residual_.data();
    std::size_t count = 0;
    for (std::size_t y = 0; y < rows.count(); ++y) {
        const float* from = source.first + y * stage.stride * source.row;
        float* to = at(stage.target, rows.from + y, 0);
        const std::size_t end = count + width;
        if (stage.residual) {
            const float* residual = at(*stage.residual, rows.from + y, 0);
            for (std::size_t i = count; i < end; ++i, residual += residual_step)
                residuals[i] = residual;
        }
        for (; count < end; ++count, from += source_step, to += target_step) {
            sources[count] = from;
            targets[count] = to;
        }
    }
    const Band pixels{.count = count,
                      .source = sources,
                      .target = targets,
                      .residual = stage.residual ? residuals : nullptr,
                      .residual_channels = stage.residual ? in_eights(shapes_[*stage.residual].channels) : 0};
    const Window window{
        .rows = stage.kernel_height, .length = stage.kernel_width * source.pixel, .row = source.row};
    for (const Panel& panel : stage.packed.panels) {
        const Channels channels{.first = panel.channel,
                                .count = panel.count,
                                .weights = stage.packed.weights.data() + panel.begin,
                                .scale = stage.packed.scale.data(),
                                .finish = stage.packed.finish()};
        (stage.packed.pairs ? kernels_.convolve_pairs : kernels_.convolve)(pixels, window, channels);
    }
}

void Engine::run_matrix(const Stage& stage) {
    const Packed& packed = stage.packed;
    const View source = window_view(stage, 0);
    const Window window{
        .rows = stage.kernel_height, .length = stage.kernel_width * source.pixel, .row = source.row};
    const std::size_t depth = window.rows * window.length;
    const std::size_t real = shapes_[stage.source].channels; // 8 bits: without filling
    const std::size_t blocks = packed.block > 0 ? (real + packed.block - 1) / packed.block : 0;
    float* const sum = scratch_.data();
    const std::size_t matrix_panel = kernels_.matrix_panel();
    const std::size_t panels = filled(packed.channels, matrix_panel) / matrix_panel;
    for (std::size_t i = 0; i < panels; ++i) {
        if (packed.form == Form::matrix) {
            kernels_.multiply(source.first, window, packed.weights.data() + i * depth * matrix_panel, sum);
        } else {
            const std::size_t first = i * blocks * matrix_panel;
            kernels_.multiply_eight_bit(source.first,
                                        {.count = real,
                                         .block = packed.block,
                                         .weights = packed.eight.data() + i * real * matrix_panel,
                                         .scale = packed.scale.data() + first,
                                         .zero = packed.zero.data() + first},
                                        sum);
        }
        const std::size_t channel = i * matrix_panel;
        const std::size_t count = std::min(matrix_panel, packed.channels - channel);
        const std::size_t others = stage.residual ? in_eights(shapes_[*stage.residual].channels) : 0;
        kernels_.finish_row(sum, {packed.bias.data() + channel, packed.slopes.data() + channel},
                            others > channel ? at(*stage.residual, 0, 0) + channel : nullptr,
                            others - std::min(others, channel), at(stage.target, 0, 0) + channel, count);
    }
}

void Engine::run_depthwise(const Stage& stage) {
    const TensorLayout& layout = plan_.layouts[stage.target];
    depthwise(stage, {0, shapes_[stage.target].height}, {at(stage.target, 0, 0), layout.row, layout.pixel});
}

void Engine::run_pool(const Stage& stage) {
    const TensorLayout& from = plan_.layouts[stage.source];
    const TensorLayout& to = plan_.layouts[stage.target];
    const Shape& shape = shapes_[stage.target];
    for (std::size_t y = 0; y < shape.height; ++y) {
        kernels_.max_pool({.source = window_view(stage, y).first,
                           .row = from.row,
                           .pixel = from.pixel,
                           .target = at(stage.target, y, 0),
                           .target_pixel = to.pixel,
                           .width = shape.width,
                           .kernel_height = stage.kernel_height,
                           .kernel_width = stage.kernel_width,
                           .stride = stage.stride,
                           .channels = to.pixel});
    }
}

// To the order of the published matrix: channel by channel.
void Engine::run_flatten(const Stage& stage) {
    const Shape& shape = shapes_[stage.source];
    const std::size_t plane = shape.pixels();
    float* const target = at(stage.target, 0, 0);
    for (std::size_t y = 0; y < shape.height; ++y) {
        for (std::size_t x = 0; x < shape.width; ++x) {
            const float* const pixel = at(stage.source, y, x);
            float* const pixel_target = target + y * shape.width + x;
            for (std::size_t c = 0; c < shape.channels; ++c)
                pixel_target[c * plane] = pixel[c] * stage.packed.weights[c] + stage.packed.bias[c];
        }
    }
    std::fill(target + shape.size(), target + plan_.layouts[stage.target].pixel, 0.F);
}

} // namespace

Result<std::unique_ptr<Network>> open(const Model& model, Arithmetic arithmetic, const Kernels& kernels) {
    auto plan = make_plan(model);
    if (!plan)
        return std::unexpected(std::move(plan.error()));
    return std::make_unique<Engine>(model, std::move(*plan), arithmetic, kernels);
}

} // namespace kaomon::face::engine
