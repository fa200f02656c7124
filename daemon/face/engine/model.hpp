// A network as its file describes it: layers in order, each with what it reads and its numbers. README.md has
// the format. The file comes from tools/models; a hostile one ends in model_refused.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kaomon::face::engine {

// Limits: what is beyond them is refused before anything of that size is allocated. Ours have 112 x 112 x 64
// numbers in the largest tensor and 70 layers.
inline constexpr std::uint32_t largest_side = 1024;
inline constexpr std::uint32_t most_channels = 65'536;
inline constexpr std::uint64_t largest_tensor = std::uint64_t{1} << 22; // numbers: 16 MiB
inline constexpr std::uint32_t most_layers = 256;
inline constexpr std::uint64_t most_work = std::uint64_t{1} << 32; // multiplications of one run

struct Shape {
    std::uint32_t height = 0, width = 0, channels = 0;
    std::uint64_t pixels() const noexcept { return std::uint64_t{height} * width; }
    std::uint64_t size() const noexcept { return pixels() * channels; }
    bool operator==(const Shape&) const = default;
};

enum class Kind : std::uint32_t {
    convolution, // weights: output channel x (row, column, input channel)
    depthwise,   // weights: channel x (row, column)
    max_pool,    // no weights
    flatten,     // to 1 x 1, channel by channel; times weight plus bias of the channel
};
enum class Activation : std::uint32_t { nothing, relu, prelu };

// rows x columns of numbers: plain, or 8 bits with a scale and a zero point for each `block` columns of a
// row. That is how the embedder was published; it stays exact and a quarter of the size.
struct Weights {
    std::uint32_t rows = 0, columns = 0;
    std::uint32_t block = 0; // 0: plain
    std::vector<float> plain;
    std::vector<float> scale;       // rows x blocks()
    std::vector<std::int8_t> zero;  // rows x blocks()
    std::vector<std::int8_t> eight; // rows x columns
    std::uint32_t blocks() const noexcept { return block == 0 ? 0 : (columns + block - 1) / block; }
    float at(std::uint32_t row, std::uint32_t column) const;
};

struct Padding {
    std::uint32_t top = 0, left = 0, bottom = 0, right = 0; // pixels of zeros
};

// A tensor is known by its number: 0 is the input, n + 1 is what layer n makes.
struct Layer {
    Kind kind = Kind::convolution;
    std::uint32_t source = 0;              // a tensor made before
    std::optional<std::uint32_t> residual; // a tensor of the same height and width, not more channels: added
                                           // before the activation, missing channels count as zero
    std::uint32_t kernel_height = 1, kernel_width = 1, stride = 1;
    Padding padding;
    Activation activation = Activation::nothing;
    float reach = 0; // what the numbers of its output are at most on a face; 0: not known
    Weights weights;
    std::vector<float> bias;   // one for each output channel
    std::vector<float> slopes; // prelu: the same
};

struct Output {
    std::uint32_t tensor = 0;
    std::string name;
};

struct Model {
    // What an 8-bit value v of a pixel is for the network: v * factor + offset, if nothing else is said about
    // it.
    float factor = 1, offset = 0;
    std::vector<Layer> layers;
    std::vector<Shape> shapes; // of the tensors, one more than layers
    std::vector<Output> outputs;
};

// Reentrant. Reason: model_refused.
Result<Model> read_model(ByteView file);

} // namespace kaomon::face::engine
