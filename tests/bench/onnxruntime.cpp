#include "tests/bench/onnxruntime.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <stdexcept>

namespace kaomon::bench {
namespace {

// Places in OrtApi (onnxruntime_c_api.h): entries are only ever added at its end.
enum Entry {
    create_env = 3,
    create_session = 7,
    run_session = 9,
    create_session_options = 10,
    set_graph_optimization_level = 23,
    set_intra_op_threads = 24,
    create_tensor = 48,
    tensor_data = 51,
    default_allocator = 78,
};
constexpr std::uint32_t api_version = 14;
constexpr int warnings = 2, all_optimizations = 99, float_elements = 1;

struct ApiBase {
    const void* const* (*get_api)(std::uint32_t);
    const char* (*version)();
};

const ApiBase* load(const std::string& library) {
    void* const handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!handle)
        return nullptr;
    using Get = const ApiBase* (*)();
    const auto get = reinterpret_cast<Get>(dlsym(handle, "OrtGetApiBase"));
    return get ? get() : nullptr;
}

// Every entry answers with a status, null for success.
template<class... Arguments>
bool call(const void* const* api, Entry entry, Arguments... arguments) {
    using Function = void* (*)(Arguments...);
    return reinterpret_cast<Function>(const_cast<void*>(api[entry]))(arguments...) == nullptr;
}

} // namespace

std::string OnnxRuntime::version(const std::string& library) {
    const ApiBase* const base = load(library);
    return base ? base->version() : "";
}

std::unique_ptr<OnnxRuntime> OnnxRuntime::open(const std::string& library, const std::string& model,
                                               const std::string& input, int side,
                                               std::vector<std::string> outputs) {
    const ApiBase* const base = load(library);
    const void* const* const api = base ? base->get_api(api_version) : nullptr;
    if (!api)
        return nullptr;
    auto made = std::make_unique<OnnxRuntime>();
    made->api_ = api;
    made->input_ = input;
    made->results_.resize(outputs.size());
    made->outputs_ = std::move(outputs);
    void *env = nullptr, *options = nullptr, *allocator = nullptr, *data = nullptr;
    const std::array<std::int64_t, 4> shape{1, 3, side, side};
    const bool good =
        call(api, create_env, warnings, "bench", &env) && call(api, create_session_options, &options) &&
        call(api, set_graph_optimization_level, options, all_optimizations) &&
        call(api, set_intra_op_threads, options, 1) &&
        call(api, create_session, env, model.c_str(), options, &made->session_) &&
        call(api, default_allocator, &allocator) &&
        call(api, create_tensor, allocator, shape.data(), shape.size(), float_elements, &made->tensor_) &&
        call(api, tensor_data, made->tensor_, &data);
    if (!good)
        return nullptr;
    std::fill_n(static_cast<float*>(data), 3 * side * side, 0.25F);
    return made;
}

void OnnxRuntime::run() {
    const char* input = input_.c_str();
    std::array<const char*, 4> names{};
    for (std::size_t i = 0; i < outputs_.size(); ++i)
        names.at(i) = outputs_[i].c_str();
    // Made in the first run, filled again in the later ones.
    if (!call(api_, run_session, session_, static_cast<void*>(nullptr), &input, &tensor_, std::size_t{1},
              names.data(), outputs_.size(), results_.data()))
        throw std::runtime_error("ONNX Runtime could not run a network");
}

} // namespace kaomon::bench
