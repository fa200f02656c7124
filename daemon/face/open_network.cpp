#include "daemon/face/engine/engine.hpp"
#include "daemon/face/engine/kernels.hpp"
#include "daemon/face/network.hpp"
#include "daemon/face/opencv_network_cv.hpp"

#include <algorithm>

namespace kaomon::face {
namespace {

// The outputs in the order in which they are asked for.
Result<std::vector<engine::Output>> choose(const engine::Model& model,
                                           const std::vector<std::string>& names) {
    std::vector<engine::Output> chosen;
    for (const std::string& name : names) {
        const auto found = std::ranges::find(model.outputs, name, &engine::Output::name);
        if (found == model.outputs.end())
            return fail(Reason::model_refused, "the network has no output " + name);
        chosen.push_back(*found);
    }
    return chosen;
}

} // namespace

Result<std::unique_ptr<Network>> open_network(ByteView file, const NetworkShape& shape, Backend backend) {
    auto model = engine::read_model(file);
    if (!model)
        return std::unexpected(std::move(model.error()));
    const engine::Shape wanted{static_cast<std::uint32_t>(shape.height),
                               static_cast<std::uint32_t>(shape.width), 3};
    if (model->shapes[0] != wanted)
        return fail(Reason::model_refused, "the network wants pictures of another size");
    auto outputs = choose(*model, shape.outputs);
    if (!outputs)
        return std::unexpected(std::move(outputs.error()));
    model->outputs = std::move(*outputs);
    using engine::Arithmetic;
    if (const engine::Kernels* const kernels = engine::fastest_kernels();
        kernels && backend != Backend::opencv)
        return engine::open(*model, backend == Backend::own_int16 ? Arithmetic::int16 : Arithmetic::fp32,
                            *kernels);
    return open_with_opencv(*model);
}

} // namespace kaomon::face
