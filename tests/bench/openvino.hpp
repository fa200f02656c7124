// OpenVINO as a contestant, loaded when the benchmark runs: its C API by the names of its functions, so that
// neither headers nor a package of it are needed to build.
#pragma once

#include <memory>
#include <string>

namespace kaomon::bench {

class OpenVino {
  public:
    // `library`: libopenvino_c.so beside its plugins; `model`: an ONNX file with one input; `precision`: f32
    // or bf16. Null where the library cannot be loaded or refuses the model.
    static std::unique_ptr<OpenVino> open(const std::string& library, const std::string& model,
                                          const std::string& precision, int side);
    void run(); // on whatever is in the input: one thread, the caller's
    static std::string version(const std::string& library);

  private:
    void* request_ = nullptr; // never released: the process ends with the benchmark
    int (*infer_)(void*) = nullptr;
};

} // namespace kaomon::bench
