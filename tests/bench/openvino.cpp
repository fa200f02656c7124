#include "tests/bench/openvino.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <cstddef>
#include <stdexcept>

namespace kaomon::bench {
namespace {

void* load(const std::string& library) {
    return library.empty() ? nullptr : dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
}

// Every function of ov_*.h answers with a status, 0 for success.
template<class... Arguments>
bool call(void* library, const char* name, Arguments... arguments) {
    const auto function = reinterpret_cast<int (*)(Arguments...)>(dlsym(library, name));
    return function && function(arguments...) == 0;
}

// `count`: of the words that follow.
using CompileModel = int (*)(void* core, void* model, const char* device, std::size_t count, void** compiled,
                             ...);

} // namespace

std::string OpenVino::version(const std::string& library) {
    struct Version {
        const char *build = "", *description = "";
    } version;
    void* const handle = load(library);
    return handle && call(handle, "ov_get_openvino_version", &version) ? version.build : "";
}

std::unique_ptr<OpenVino> OpenVino::open(const std::string& library, const std::string& model,
                                         const std::string& precision, int side) {
    void* const handle = load(library);
    if (!handle)
        return nullptr;
    auto made = std::make_unique<OpenVino>();
    const auto compile = reinterpret_cast<CompileModel>(dlsym(handle, "ov_core_compile_model"));
    made->infer_ = reinterpret_cast<int (*)(void*)>(dlsym(handle, "ov_infer_request_infer"));
    void *core = nullptr, *read = nullptr, *compiled = nullptr, *tensor = nullptr, *data = nullptr;
    const bool good =
        compile && made->infer_ && call(handle, "ov_core_create", &core) &&
        call(handle, "ov_core_read_model", core, model.c_str(), static_cast<const char*>(nullptr), &read) &&
        compile(core, read, "CPU", 8, &compiled, "PERFORMANCE_HINT", "LATENCY", "INFERENCE_NUM_THREADS", "1",
                "NUM_STREAMS", "1", "INFERENCE_PRECISION_HINT", precision.c_str()) == 0 &&
        call(handle, "ov_compiled_model_create_infer_request", compiled, &made->request_) &&
        call(handle, "ov_infer_request_get_input_tensor", made->request_, &tensor) &&
        call(handle, "ov_tensor_data", tensor, &data);
    if (!good)
        return nullptr;
    std::fill_n(static_cast<float*>(data), 3 * side * side, 0.25F);
    return made;
}

void OpenVino::run() {
    if (infer_(request_) != 0)
        throw std::runtime_error("OpenVINO could not run a network");
}

} // namespace kaomon::bench
