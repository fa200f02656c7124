#include "daemon/face/engine/engine.hpp"

#include "daemon/face/engine/float_mode.hpp"
#include "daemon/face/engine/kernels.hpp"
#include "daemon/face/engine/packed.hpp"
#include "daemon/face/engine/plan.hpp"

#include <algorithm>

namespace kaomon::face::engine {
namespace {

// Pixels of a band: a whole layer of 14 x 14, so that its megabyte of weights is walked through once, while
// what a depthwise convolution makes of them (400 kB) stays in the second-level cache.
constexpr std::size_t band_pixels = 196;
// Multiplications below which handing half of a step to the helper costs more than it brings.
constexpr std::uint64_t least_shared_work = 40'000;

struct Rows {
    std::size_t from = 0, to = 0;
    std::size_t count() const noexcept { return to - from; }
};

// Pixels in memory from one of them on. Floats.
struct View {
    float* first = nullptr;
    std::size_t row = 0, pixel = 0;
};

// What one thread of a step needs for itself.
struct Bench {
    float* scratch = nullptr; // of the plan's memory: what a depthwise convolution made of a band
    std::vector<const float*> source, residual;
    std::vector<float*> target;
};

class Engine : public Network {
  public:
    Engine(const Model& model, Plan plan, Arithmetic arithmetic, std::shared_ptr<Crew> crew);

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
        std::uint64_t work; // multiplications
        Packed packed;
    };

    float* at(std::uint32_t tensor, std::size_t y, std::size_t x) {
        const Place& place = plan_.places[tensor];
        return memory_.data() + place.first + y * place.row + x * place.pixel;
    }
    // What the window of the first pixel of output row y sees.
    View seen_by(const Stage& stage, std::size_t y) {
        const Place& place = plan_.places[stage.source];
        float* const middle = at(stage.source, y * stage.stride, 0);
        return {middle - stage.padding.top * place.row - stage.padding.left * place.pixel, place.row,
                place.pixel};
    }
    View scratch_view(Bench& bench, const Stage& depthwise) const {
        const std::size_t pixel = depthwise.packed.channels / (depthwise.packed.pairs ? 2 : 1);
        return {bench.scratch, shapes_[depthwise.target].width * pixel, pixel};
    }
    std::size_t rows_of_band(const Shape& shape) const {
        return std::clamp<std::size_t>(band_pixels / shape.width, 1, shape.height);
    }
    void clear_border(std::uint32_t tensor);
    void enter(const Pixels& picture);
    void run(const Step& step);
    void run_convolution(const Stage& stage, const Stage* depthwise);
    void run_matrix(const Stage& stage);
    void run_depthwise(const Stage& stage);
    void run_pool(const Stage& stage);
    void run_flatten(const Stage& stage);
    // Output rows `rows`, channels from `begin` to `end`.
    void depthwise(const Stage& stage, Rows rows, std::size_t begin, std::size_t end, View target);
    // Output rows `rows`, panels from `begin` to `end`. `source`: what the window of the first pixel sees.
    void band(const Stage& stage, View source, Bench& bench, Rows rows, std::size_t begin, std::size_t end);
    template<class Work>
    void split(std::uint64_t work, Work share) {
        if (crew_ && work >= least_shared_work)
            crew_->split(share);
        else
            share(Part{});
    }

    Plan plan_;
    std::vector<Shape> shapes_;
    Shelf shelf_;
    std::vector<Stage> stages_;
    float factor_, offset_;
    SecretVector<float> memory_;
    std::vector<Bench> benches_;
    std::vector<std::uint32_t> outputs_;
    std::vector<std::span<float>> results_;
    std::shared_ptr<Crew> crew_;
};

Engine::Engine(const Model& model, Plan plan, Arithmetic arithmetic, std::shared_ptr<Crew> crew)
    : plan_(std::move(plan)), shapes_(model.shapes), factor_(model.factor), offset_(model.offset),
      crew_(std::move(crew)) {
    std::vector<float> reach(model.layers.size());
    for (const Step& step : plan_.steps) {
        if (step.depthwise && arithmetic == Arithmetic::int16)
            reach[*step.depthwise] = reach[step.layer] = model.layers[*step.depthwise].reach;
    }
    for (std::uint32_t i = 0; i < model.layers.size(); ++i) {
        const Layer& layer = model.layers[i];
        const Shape& source = shapes_[layer.source];
        const Shape& target = shapes_[i + 1];
        const std::uint64_t window = std::uint64_t{layer.kernel_height} * layer.kernel_width;
        stages_.push_back(
            {.kind = layer.kind,
             .source = layer.source,
             .target = i + 1,
             .residual = layer.residual,
             .kernel_height = layer.kernel_height,
             .kernel_width = layer.kernel_width,
             .stride = layer.stride,
             .padding = layer.padding,
             .work = target.size() * window * (layer.kind == Kind::convolution ? source.channels : 1),
             .packed = pack(layer, source, plan_.places[layer.source].pixel, target, reach[i], shelf_)});
    }
    std::size_t scratch = matrix_panel; // the sums of a matrix
    std::size_t pixels = 1;
    for (const Step& step : plan_.steps) {
        const Shape& shape = shapes_[step.layer + 1];
        const std::size_t count = rows_of_band(shape) * shape.width;
        pixels = std::max(pixels, count);
        if (step.depthwise)
            scratch = std::max(scratch, count * stages_[*step.depthwise].packed.channels);
    }
    benches_.resize(crew_ ? 2 : 1);
    memory_.resize(plan_.memory + benches_.size() * scratch);
    for (std::size_t i = 0; i < benches_.size(); ++i) {
        benches_[i].scratch = memory_.data() + plan_.memory + i * scratch;
        benches_[i].source.resize(pixels);
        benches_[i].residual.resize(pixels);
        benches_[i].target.resize(pixels);
    }
    for (std::size_t i = 0; i < model.outputs.size(); ++i) {
        outputs_.push_back(model.outputs[i].tensor);
        results_.emplace_back(memory_.data() + plan_.results[i], shapes_[outputs_[i]].size());
    }
}

Result<void> Engine::run(const Pixels& picture) {
    const FloatMode mode;
    enter(picture);
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
    const Place& place = plan_.places[tensor];
    const Shape& shape = shapes_[tensor];
    const std::size_t inside = shape.width * place.pixel;
    float* const begin = memory_.data() + place.begin;
    float* const first = memory_.data() + place.first;
    std::fill(begin, first, 0.F);
    for (std::size_t y = 0; y + 1 < shape.height; ++y) // from the end of a row to the start of the next
        std::fill(first + y * place.row + inside, first + (y + 1) * place.row, 0.F);
    std::fill(first + (shape.height - 1) * place.row + inside, begin + place.size, 0.F);
}

void Engine::enter(const Pixels& picture) {
    const Shape& shape = shapes_[0];
    const float factor = picture.factor * factor_;
    const float offset = picture.offset * factor_ + offset_;
    clear_border(0);
    for (std::size_t y = 0; y < shape.height; ++y) {
        const std::uint8_t* row = picture.first + y * picture.row;
        if (plan_.places[0].pixel == shape.channels) {
            widen_row(row, std::size_t{shape.width} * shape.channels, factor, offset, at(0, y, 0));
            continue;
        }
        for (std::size_t x = 0; x < shape.width; ++x) {
            float* pixel = at(0, y, x);
            std::fill_n(pixel, plan_.places[0].pixel, 0.F);
            widen_row(row + x * shape.channels, shape.channels, factor, offset, pixel);
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
    const std::size_t panels = stage.packed.panels.size();
    const std::size_t rows = rows_of_band(shape);
    if (rows < shape.height) {
        split(stage.work, [&](Part part) {
            const auto [from, to] = part.of(shape.height);
            const std::size_t bands = (to - from + rows - 1) / rows;
            for (std::size_t i = 0; i < bands; ++i) {
                const auto [first, last] = Part{i, bands}.of(to - from);
                const Rows some{from + first, from + last};
                Bench& bench = benches_[part.index];
                View view = seen_by(stage, some.from);
                if (before) {
                    view = scratch_view(bench, *before);
                    depthwise(*before, some, 0, before->packed.channels, view);
                }
                band(stage, view, bench, some, 0, panels);
            }
        });
        return;
    }
    // One band: the channels are shared out instead.
    const Rows all{0, shape.height};
    const View view = before ? scratch_view(benches_[0], *before) : seen_by(stage, 0);
    if (before) {
        split(before->work, [&](Part part) {
            const auto [from, to] = part.of(before->packed.channels / lanes);
            depthwise(*before, all, from * lanes, to * lanes, view);
        });
    }
    split(stage.work, [&](Part part) {
        const auto [from, to] = part.of(panels);
        band(stage, view, benches_[part.index], all, from, to);
    });
}

void Engine::depthwise(const Stage& stage, Rows rows, std::size_t begin, std::size_t end, View target) {
    const Place& place = plan_.places[stage.source];
    for (std::size_t y = 0; y < rows.count(); ++y) {
        convolve_depthwise({.source = seen_by(stage, rows.from + y).first,
                            .row = place.row,
                            .pixel = place.pixel,
                            .target = target.first + y * target.row,
                            .target_pixel = target.pixel,
                            .pairs = stage.packed.pairs,
                            .width = shapes_[stage.target].width,
                            .kernel_height = stage.kernel_height,
                            .kernel_width = stage.kernel_width,
                            .stride = stage.stride,
                            .begin = begin,
                            .end = end,
                            .weights = stage.packed.weights.data(),
                            .weight_pixel = stage.packed.channels,
                            .finish = stage.packed.finish()});
    }
}

void Engine::band(const Stage& stage, View source, Bench& bench, Rows rows, std::size_t begin,
                  std::size_t end) {
    const std::size_t width = shapes_[stage.target].width;
    std::size_t count = 0;
    for (std::size_t y = 0; y < rows.count(); ++y) {
        for (std::size_t x = 0; x < width; ++x, ++count) {
            bench.source[count] =
                source.first + y * stage.stride * source.row + x * stage.stride * source.pixel;
            bench.target[count] = at(stage.target, rows.from + y, x);
            if (stage.residual)
                bench.residual[count] = at(*stage.residual, rows.from + y, x);
        }
    }
    const Band pixels{.count = count,
                      .source = bench.source.data(),
                      .target = bench.target.data(),
                      .residual = stage.residual ? bench.residual.data() : nullptr,
                      .residual_channels = stage.residual ? in_lanes(shapes_[*stage.residual].channels) : 0};
    const Window window{
        .rows = stage.kernel_height, .length = stage.kernel_width * source.pixel, .row = source.row};
    for (std::size_t i = begin; i < end; ++i) {
        const Panel& panel = stage.packed.panels[i];
        convolve(pixels, window, stage.packed.weights.data() + panel.begin, stage.packed.scale.data(),
                 panel.vectors, panel.channel, stage.packed.finish());
    }
}

void Engine::run_matrix(const Stage& stage) {
    const Packed& packed = stage.packed;
    const View source = seen_by(stage, 0);
    const Window window{
        .rows = stage.kernel_height, .length = stage.kernel_width * source.pixel, .row = source.row};
    const std::size_t depth = window.rows * window.length;
    const std::size_t real = shapes_[stage.source].channels; // 8 bits: without filling
    const std::size_t blocks = packed.block > 0 ? (real + packed.block - 1) / packed.block : 0;
    split(stage.work, [&](Part part) {
        float* const sum = benches_[part.index].scratch;
        const auto [from, to] = part.of((packed.channels + matrix_panel - 1) / matrix_panel);
        for (std::size_t i = from; i < to; ++i) {
            if (packed.form == Form::matrix) {
                multiply(source.first, window, packed.weights.data() + i * depth * matrix_panel, sum);
            } else {
                const std::size_t first = i * blocks * matrix_panel;
                multiply(source.first, real, packed.block, packed.eight.data() + i * real * matrix_panel,
                         packed.scale.data() + first, packed.zero.data() + first, sum);
            }
            const std::size_t channel = i * matrix_panel;
            const std::size_t count = std::min(matrix_panel, packed.channels - channel);
            const std::size_t others = stage.residual ? in_lanes(shapes_[*stage.residual].channels) : 0;
            finish_row(sum, {packed.bias.data() + channel, packed.slopes.data() + channel},
                       others > channel ? at(*stage.residual, 0, 0) + channel : nullptr,
                       others - std::min(others, channel), at(stage.target, 0, 0) + channel, count);
        }
    });
}

void Engine::run_depthwise(const Stage& stage) {
    const Shape& shape = shapes_[stage.target];
    const Place& place = plan_.places[stage.target];
    split(stage.work, [&](Part part) {
        const auto [from, to] = part.of(shape.height);
        depthwise(stage, {from, to}, 0, stage.packed.channels,
                  {at(stage.target, from, 0), place.row, place.pixel});
    });
}

void Engine::run_pool(const Stage& stage) {
    const Place& from = plan_.places[stage.source];
    const Place& to = plan_.places[stage.target];
    const Shape& shape = shapes_[stage.target];
    for (std::size_t y = 0; y < shape.height; ++y) {
        max_pool({.source = seen_by(stage, y).first,
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
            float* const place = target + y * shape.width + x;
            for (std::size_t c = 0; c < shape.channels; ++c)
                place[c * plane] = pixel[c] * stage.packed.weights[c] + stage.packed.bias[c];
        }
    }
    std::fill(target + shape.size(), target + plan_.places[stage.target].pixel, 0.F);
}

} // namespace

Result<std::unique_ptr<Network>> open(const Model& model, Arithmetic arithmetic, std::shared_ptr<Crew> crew) {
    auto plan = make_plan(model);
    if (!plan)
        return std::unexpected(std::move(plan.error()));
    return std::make_unique<Engine>(model, std::move(*plan), arithmetic, std::move(crew));
}

} // namespace kaomon::face::engine
