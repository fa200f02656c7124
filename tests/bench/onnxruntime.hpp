// ONNX Runtime as a contestant, loaded when the benchmark runs: its C API by the places of its entries, so
// that neither headers nor a package of it are needed to build.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace kaomon::bench {

class OnnxRuntime {
  public:
    // `library`: libonnxruntime.so; `model`: an ONNX file. Null where the library cannot be loaded or refuses
    // the model.
    static std::unique_ptr<OnnxRuntime> open(const std::string& library, const std::string& model,
                                             const std::string& input, int side,
                                             std::vector<std::string> outputs);
    void run(); // on whatever is in the input: one thread
    static std::string version(const std::string& library);

  private:
    const void* const* api_ = nullptr;
    void* session_ = nullptr; // never released: the process ends with the benchmark
    void* tensor_ = nullptr;
    std::string input_;
    std::vector<std::string> outputs_;
    std::vector<void*> results_;
};

} // namespace kaomon::bench
