// Any bytes as a network: refused, or small enough to run.
#include "daemon/face/engine/engine.hpp"
#include "daemon/face/engine/kernels.hpp"
#include "daemon/face/engine/plan.hpp"

#include <cstdlib>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace kaomon::face;
    const auto model = engine::read_model({data, size});
    const engine::Kernels* const kernels = engine::fastest_kernels();
    if (!model || !kernels)
        return 0;
    const auto plan = engine::make_plan(*model);
    // Large sound networks take time and find nothing new; the limits have tests of their own.
    std::uint64_t numbers = 0;
    for (const auto& shape : model->shapes)
        numbers += shape.size();
    if (!plan || numbers > 100'000 || plan->memory > 4'000'000)
        return 0;
    auto network = engine::open(*model, engine::Arithmetic::int16, *kernels);
    if (!network)
        return 0;
    const auto& entry = model->shapes[0];
    const std::vector<std::uint8_t> pixels(entry.size(), 7);
    if (!(*network)->run({.first = pixels.data(), .row = std::size_t{entry.width} * entry.channels}))
        std::abort();
    for (std::size_t i = 0; i < model->outputs.size(); ++i) {
        if ((*network)->output(i).size() != model->shapes[model->outputs[i].tensor].size())
            std::abort();
    }
    return 0;
}
