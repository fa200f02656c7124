#include "daemon/face/engine/model.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <string_view>

namespace kaomon::face::engine {
namespace {

static_assert(std::endian::native == std::endian::little, "the file's numbers are read as they lie");

constexpr std::string_view magic = "KAOMONET";
constexpr std::uint32_t version = 2;
constexpr std::size_t digest_size = 32;
constexpr std::uint32_t no_residual = 0xFFFF'FFFF;
constexpr std::uint32_t largest_kernel = 16;
constexpr std::uint32_t most_outputs = 16;
constexpr std::uint32_t longest_name = 64;
constexpr float farthest_reach = 1e6F;

// Takes from the front; once something is missing everything after it is empty and `sound` is false.
class Cursor {
  public:
    explicit Cursor(ByteView bytes) : bytes_(bytes) {}

    ByteView take(std::uint64_t size) {
        if (size > bytes_.size())
            sound_ = false;
        if (!sound_)
            return {};
        const ByteView taken = bytes_.first(size);
        bytes_ = bytes_.subspan(size);
        return taken;
    }
    std::uint32_t number() {
        std::uint32_t value = 0;
        if (const ByteView taken = take(sizeof value); !taken.empty())
            std::memcpy(&value, taken.data(), sizeof value);
        return value;
    }
    // Not a number and infinite count as missing.
    std::vector<float> floats(std::uint64_t count) {
        const auto values = numbers<float>(count);
        sound_ = sound_ && std::ranges::all_of(values, [](float value) { return std::isfinite(value); });
        return values;
    }
    std::vector<std::int8_t> bytes(std::uint64_t count) { return numbers<std::int8_t>(count); }
    bool sound() const noexcept { return sound_; }
    bool at_end() const noexcept { return sound_ && bytes_.empty(); }

  private:
    template<class T>
    std::vector<T> numbers(std::uint64_t count) {
        const ByteView taken = take(count * sizeof(T)); // the limits keep the product small
        std::vector<T> values(taken.size() / sizeof(T));
        if (!values.empty())
            std::memcpy(values.data(), taken.data(), taken.size());
        return values;
    }

    ByteView bytes_;
    bool sound_ = true;
};

std::unexpected<Failure> refuse(std::string why) {
    return fail(Reason::model_refused, std::move(why));
}

// What a layer makes of `in`, `channels` wide; nothing if that is impossible or beyond the limits.
std::optional<Shape> shape_after(const Layer& layer, const Shape& in, std::uint32_t channels) {
    if (layer.kind == Kind::flatten)
        return in.size() <= most_channels ? std::optional(Shape{1, 1, static_cast<std::uint32_t>(in.size())})
                                          : std::nullopt;
    const auto& pad = layer.padding;
    const std::uint32_t height = in.height + pad.top + pad.bottom;
    const std::uint32_t width = in.width + pad.left + pad.right;
    if (layer.kernel_height > height || layer.kernel_width > width)
        return std::nullopt;
    const Shape out{(height - layer.kernel_height) / layer.stride + 1,
                    (width - layer.kernel_width) / layer.stride + 1, channels};
    // memory is in steps of eight channels
    const std::uint64_t numbers = out.pixels() * ((std::uint64_t{channels} + 7) / 8 * 8);
    return numbers <= largest_tensor ? std::optional(out) : std::nullopt;
}

Weights read_weights(Cursor& file, std::uint32_t rows, std::uint32_t columns) {
    Weights weights{.rows = rows,
                    .columns = columns,
                    .block = file.number(),
                    .plain = {},
                    .scale = {},
                    .zero = {},
                    .eight = {}};
    const std::uint64_t count = std::uint64_t{rows} * columns;
    if (weights.block == 0) {
        weights.plain = file.floats(count);
    } else {
        weights.block = std::min(weights.block, columns);
        weights.scale = file.floats(std::uint64_t{rows} * weights.blocks());
        weights.zero = file.bytes(std::uint64_t{rows} * weights.blocks());
        weights.eight = file.bytes(count);
    }
    return weights;
}

struct Head { // of a layer: what comes before its weights
    Layer layer;
    std::uint32_t channels = 0;
};

// Nothing for values outside their ranges; `made`: how many tensors there are.
std::optional<Head> read_head(Cursor& file, std::uint32_t made) {
    Head head;
    Layer& layer = head.layer;
    const std::uint32_t kind = file.number();
    layer.source = file.number();
    head.channels = file.number();
    for (auto* field : {&layer.kernel_height, &layer.kernel_width, &layer.stride, &layer.padding.top,
                        &layer.padding.left, &layer.padding.bottom, &layer.padding.right})
        *field = file.number();
    const std::uint32_t activation = file.number();
    const std::uint32_t residual = file.number();
    if (residual != no_residual)
        layer.residual = residual;
    layer.reach = std::bit_cast<float>(file.number());
    const auto small = [](std::uint32_t value, std::uint32_t least) {
        return value >= least && value <= largest_kernel;
    };
    const auto& pad = layer.padding;
    const bool sound = kind <= static_cast<std::uint32_t>(Kind::flatten) &&
                       activation <= static_cast<std::uint32_t>(Activation::prelu) && layer.source < made &&
                       (!layer.residual || *layer.residual < made) && head.channels > 0 &&
                       head.channels <= most_channels && small(layer.kernel_height, 1) &&
                       small(layer.kernel_width, 1) && small(layer.stride, 1) && small(pad.top, 0) &&
                       small(pad.left, 0) && small(pad.bottom, 0) && small(pad.right, 0) &&
                       layer.reach >= 0 && layer.reach <= farthest_reach;
    if (!sound)
        return std::nullopt;
    layer.kind = static_cast<Kind>(kind);
    layer.activation = static_cast<Activation>(activation);
    return head;
}

// Whether the parts of a layer fit each other and its input.
bool fits(const Layer& layer, std::uint32_t channels, const Shape& in) {
    const auto& pad = layer.padding;
    const bool bare = !layer.residual && layer.activation == Activation::nothing &&
                      pad.top + pad.left + pad.bottom + pad.right == 0;
    switch (layer.kind) {
    case Kind::convolution:
        return true;
    case Kind::depthwise:
        return channels == in.channels;
    case Kind::max_pool:
    case Kind::flatten:
        return bare && channels == in.channels;
    }
    return false;
}

// Multiplications of one run.
std::uint64_t work_of(const Layer& layer, const Shape& in, const Shape& out) {
    const std::uint64_t window = std::uint64_t{layer.kernel_height} * layer.kernel_width;
    return out.size() * window * (layer.kind == Kind::convolution ? in.channels : 1);
}

Result<Layer> read_layer(Cursor& file, std::vector<Shape>& shapes, std::uint64_t& work) {
    const std::string name = "layer " + std::to_string(shapes.size() - 1);
    auto head = read_head(file, static_cast<std::uint32_t>(shapes.size()));
    if (!head)
        return refuse(name + " has a value out of its range");
    Layer& layer = head->layer;
    const Shape in = shapes[layer.source];
    const auto out = shape_after(layer, in, head->channels);
    if (!out || !fits(layer, head->channels, in))
        return refuse(name + " does not fit its input");
    if (layer.residual) {
        const Shape& other = shapes[*layer.residual];
        if (other.height != out->height || other.width != out->width || other.channels > out->channels)
            return refuse(name + " has a residual of another shape");
    }
    work += work_of(layer, in, *out);
    if (work > most_work)
        return refuse("more work than a face is worth");
    if (layer.kind != Kind::max_pool) {
        const std::uint32_t window =
            layer.kind == Kind::flatten ? 1 : layer.kernel_height * layer.kernel_width;
        const std::uint64_t columns =
            std::uint64_t{window} * (layer.kind == Kind::convolution ? in.channels : 1);
        layer.weights = read_weights(file, head->channels, static_cast<std::uint32_t>(columns));
        layer.bias = file.floats(head->channels);
        if (layer.activation == Activation::prelu)
            layer.slopes = file.floats(head->channels);
    }
    if (!file.sound())
        return refuse(name + " ends before its numbers, or has one that is none");
    shapes.push_back(*out);
    return std::move(layer);
}

} // namespace

float Weights::at(std::uint32_t row, std::uint32_t column) const {
    const std::size_t i = std::size_t{row} * columns + column;
    if (block == 0)
        return plain[i];
    const std::size_t group = std::size_t{row} * blocks() + column / block;
    return static_cast<float>(eight[i] - zero[group]) * scale[group];
}

Result<Model> read_model(ByteView bytes) {
    Cursor file(bytes);
    const ByteView begin = file.take(magic.size());
    if (begin.empty() || std::memcmp(begin.data(), magic.data(), magic.size()) != 0)
        return refuse("not a network file");
    if (const std::uint32_t found = file.number(); found != version)
        return refuse("a network file of version " + std::to_string(found));
    file.take(digest_size); // of the published file: for people, the manifest's digest covers it
    Model model;
    Shape entry;
    entry.height = file.number();
    entry.width = file.number();
    entry.channels = file.number();
    const auto affine = file.floats(2);
    const std::uint32_t layers = file.number();
    const std::uint32_t outputs = file.number();
    const auto within = [](std::uint32_t value, std::uint32_t most) { return value > 0 && value <= most; };
    if (!file.sound() || !within(entry.height, largest_side) || !within(entry.width, largest_side) ||
        !within(entry.channels, 64) || !within(layers, most_layers) || !within(outputs, most_outputs))
        return refuse("the network file's head is out of range");
    model.factor = affine[0];
    model.offset = affine[1];
    model.shapes.push_back(entry);
    std::uint64_t work = 0;
    for (std::uint32_t i = 0; i < layers; ++i) {
        auto layer = read_layer(file, model.shapes, work);
        if (!layer)
            return std::unexpected(std::move(layer.error()));
        model.layers.push_back(std::move(*layer));
    }
    for (std::uint32_t i = 0; i < outputs; ++i) {
        Output output{.tensor = file.number(), .name = {}};
        const ByteView name = file.take(std::min(file.number(), longest_name));
        output.name.assign(name.begin(), name.end());
        if (output.tensor == 0 || output.tensor >= model.shapes.size())
            return refuse("an output that no layer makes");
        model.outputs.push_back(std::move(output));
    }
    if (!file.at_end())
        return refuse("the network file is cut short or goes on after its end");
    return model;
}

} // namespace kaomon::face::engine
