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
struct Life {
    std::size_t from = 0, to = 0;
    bool overlaps(const Life& other) const { return from <= other.to && other.from <= to; }
};

void widen(Padding& border, const Padding& wish) {
    border = {std::max(border.top, wish.top), std::max(border.left, wish.left),
              std::max(border.bottom, wish.bottom), std::max(border.right, wish.right)};
}

// Borders and sizes; where they begin is not known yet.
std::vector<Place> sizes_of(const Model& model, const std::vector<Step>& steps) {
    std::vector<Place> places(model.shapes.size());
    // Only convolutions read the three colours of the input as they are; everything else works in whole
    // vectors.
    bool fill_input = false;
    for (const Layer& layer : model.layers) {
        widen(places[layer.source].border, layer.padding);
        fill_input =
            fill_input || (layer.source == 0 && layer.kind != Kind::convolution) || layer.residual == 0U;
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
        const Shape& shape = model.shapes[i];
        Place& place = places[i];
        const Padding& border = place.border;
        place.pixel = i == 0 && !fill_input ? shape.channels : in_lanes(shape.channels);
        place.row = (border.left + shape.width + border.right) * place.pixel;
        place.first = border.top * place.row + border.left * place.pixel;
        place.size = in_lines((border.top + shape.height + border.bottom) * place.row);
    }
    for (const Step& step : steps) {
        if (step.depthwise)
            places[*step.depthwise + 1].size = 0;
    }
    return places;
}

std::vector<Life> lives_of(const Model& model, const std::vector<Step>& steps) {
    std::vector<Life> lives(model.shapes.size());
    for (std::size_t now = 0; now < steps.size(); ++now) {
        const auto read = [&](std::uint32_t tensor) { lives[tensor].to = now; };
        const Layer& layer = model.layers[steps[now].layer];
        lives[steps[now].layer + 1] = {now, now};
        read(steps[now].depthwise ? model.layers[*steps[now].depthwise].source : layer.source);
        if (layer.residual)
            read(*layer.residual);
    }
    for (const Output& output : model.outputs)
        lives[output.tensor].to = steps.size();
    return lives;
}

} // namespace

Result<Plan> make_plan(const Model& model) {
    Plan plan;
    plan.steps = steps_of(model);
    plan.places = sizes_of(model, plan.steps);
    const std::vector<Life> lives = lives_of(model, plan.steps);

    // The largest first, each at the lowest place that is free all its life.
    std::vector<std::size_t> order(plan.places.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::sort(order, std::greater{},
                      [&](std::size_t i) { return std::pair(plan.places[i].size, i); });
    std::vector<std::size_t> placed; // by where they begin
    for (const std::size_t i : order) {
        Place& place = plan.places[i];
        if (place.size == 0)
            continue;
        for (const std::size_t other : placed) {
            const Place& there = plan.places[other];
            if (lives[i].overlaps(lives[other]) && place.begin < there.begin + there.size &&
                there.begin < place.begin + place.size)
                place.begin = there.begin + there.size;
        }
        plan.memory = std::max(plan.memory, place.begin + place.size);
        if (plan.memory > most_memory)
            return fail(Reason::model_refused, "the network needs too much memory");
        placed.push_back(i);
        std::ranges::sort(placed, {}, [&](std::size_t t) { return plan.places[t].begin; });
    }
    for (Place& place : plan.places)
        place.first += place.begin;
    for (const Output& output : model.outputs) {
        plan.results.push_back(plan.memory);
        plan.memory += in_lines(model.shapes[output.tensor].size());
    }
    return plan;
}

} // namespace kaomon::face::engine
