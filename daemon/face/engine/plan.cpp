#include "daemon/face/engine/plan.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

namespace kaomon::face::engine {
namespace {

constexpr std::size_t most_memory = std::size_t{64} << 20; // floats; SFace needs 1.3 million
constexpr std::size_t line = 16;                           // floats of a cache line: tensors begin on one

std::size_t in_lines(std::size_t size) {
    return (size + line - 1) / line * line;
}

// How many layers and outputs look at each tensor.
std::vector<int> uses_of(const Model& model) {
    std::vector<int> uses(model.shapes.size());
    for (const Layer& layer : model.layers) {
        ++uses[layer.source];
        if (layer.residual)
            ++uses[*layer.residual];
    }
    for (const Output& output : model.outputs)
        ++uses[output.tensor];
    return uses;
}

bool is_pointwise(const Layer& layer) {
    const Padding& pad = layer.padding;
    return layer.kind == Kind::convolution && layer.kernel_height == 1 && layer.kernel_width == 1 &&
           layer.stride == 1 && pad.top + pad.left + pad.bottom + pad.right == 0;
}

std::vector<Step> steps_of(const Model& model) {
    const std::vector<int> uses = uses_of(model);
    std::vector<bool> taken_along(model.layers.size());
    std::vector<Step> steps;
    for (std::uint32_t i = 0; i < model.layers.size(); ++i) {
        Step step{.layer = i, .depthwise = {}};
        const std::uint32_t source = model.layers[i].source;
        if (is_pointwise(model.layers[i]) && model.shapes[source].pixels() > 1 && source > 0 &&
            uses[source] == 1 && model.layers[source - 1].kind == Kind::depthwise) {
            step.depthwise = source - 1;
            taken_along[source - 1] = true;
        }
        steps.push_back(step);
    }
    std::erase_if(steps, [&](const Step& step) { return taken_along[step.layer]; });
    return steps;
}

// A tensor's life, in steps: from the one that makes it to the last that reads it.
struct Lifetime {
    std::size_t from = 0, to = 0;
    bool overlaps(const Lifetime& other) const { return from <= other.to && other.from <= to; }
};

void widen(Padding& border, const Padding& wish) {
    border = {std::max(border.top, wish.top), std::max(border.left, wish.left),
              std::max(border.bottom, wish.bottom), std::max(border.right, wish.right)};
}

// Borders and sizes; where they begin is not known yet.
std::vector<TensorLayout> sizes_of(const Model& model, const std::vector<Step>& steps) {
    std::vector<TensorLayout> layouts(model.shapes.size());
    // Only convolutions read the three colours of the input as they are; everything else works in whole
    // vectors.
    bool fill_input = false;
    for (const Layer& layer : model.layers) {
        widen(layouts[layer.source].border, layer.padding);
        fill_input =
            fill_input || (layer.source == 0 && layer.kind != Kind::convolution) || layer.residual == 0U;
    }
    for (std::size_t i = 0; i < layouts.size(); ++i) {
        const Shape& shape = model.shapes[i];
        TensorLayout& layout = layouts[i];
        const Padding& border = layout.border;
        layout.pixel = i == 0 && !fill_input ? shape.channels : in_eights(shape.channels);
        layout.row = (border.left + shape.width + border.right) * layout.pixel;
        layout.first = border.top * layout.row + border.left * layout.pixel;
        layout.size = in_lines((border.top + shape.height + border.bottom) * layout.row);
    }
    for (const Step& step : steps) {
        if (step.depthwise)
            layouts[*step.depthwise + 1].size = 0;
    }
    return layouts;
}

std::vector<Lifetime> lifetimes_of(const Model& model, const std::vector<Step>& steps) {
    std::vector<Lifetime> lifetimes(model.shapes.size());
    for (std::size_t now = 0; now < steps.size(); ++now) {
        const auto read = [&](std::uint32_t tensor) { lifetimes[tensor].to = now; };
        const Layer& layer = model.layers[steps[now].layer];
        lifetimes[steps[now].layer + 1] = {now, now};
        read(steps[now].depthwise ? model.layers[*steps[now].depthwise].source : layer.source);
        if (layer.residual)
            read(*layer.residual);
    }
    for (const Output& output : model.outputs)
        lifetimes[output.tensor].to = steps.size();
    return lifetimes;
}

} // namespace

Result<Plan> make_plan(const Model& model) {
    Plan plan;
    plan.steps = steps_of(model);
    plan.layouts = sizes_of(model, plan.steps);
    const std::vector<Lifetime> lifetimes = lifetimes_of(model, plan.steps);

    // The largest first, each at the lowest offset that is free all its life.
    std::vector<std::size_t> order(plan.layouts.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::sort(order, std::greater{},
                      [&](std::size_t i) { return std::pair(plan.layouts[i].size, i); });
    std::vector<std::size_t> placed; // by where they begin
    for (const std::size_t i : order) {
        TensorLayout& layout = plan.layouts[i];
        if (layout.size == 0)
            continue;
        for (const std::size_t other : placed) {
            const TensorLayout& there = plan.layouts[other];
            if (lifetimes[i].overlaps(lifetimes[other]) && layout.begin < there.begin + there.size &&
                there.begin < layout.begin + layout.size)
                layout.begin = there.begin + there.size;
        }
        plan.memory = std::max(plan.memory, layout.begin + layout.size);
        if (plan.memory > most_memory)
            return fail(Reason::model_refused, "the network needs too much memory");
        placed.push_back(i);
        std::ranges::sort(placed, {}, [&](std::size_t t) { return plan.layouts[t].begin; });
    }
    for (TensorLayout& layout : plan.layouts)
        layout.first += layout.begin;
    for (const Output& output : model.outputs) {
        plan.results.push_back(plan.memory);
        plan.memory += in_lines(model.shapes[output.tensor].size());
    }
    return plan;
}

} // namespace kaomon::face::engine
