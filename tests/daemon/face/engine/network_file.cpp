#include "tests/daemon/face/engine/network_file.hpp"

#include <algorithm>
#include <bit>

namespace kaomon::face::engine {
namespace {

void append(Bytes& bytes, std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8)
        bytes.push_back(static_cast<std::uint8_t>(value >> shift));
}

} // namespace

void NetworkFile::number(std::uint32_t value) {
    append(layers_, value);
}

void NetworkFile::floats(std::size_t count, float from, float to) {
    std::uniform_real_distribution<float> any(from, to);
    for (std::size_t i = 0; i < count; ++i)
        number(std::bit_cast<std::uint32_t>(any(random_)));
}

void NetworkFile::eights(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
        layers_.push_back(static_cast<std::uint8_t>(random_()));
}

std::uint32_t NetworkFile::add(Layer layer, std::uint32_t channels, std::uint32_t source_channels,
                               std::uint32_t block) {
    const Padding& pad = layer.padding;
    for (const std::uint32_t field :
         {static_cast<std::uint32_t>(layer.kind), layer.source, channels, layer.kernel_height,
          layer.kernel_width, layer.stride, pad.top, pad.left, pad.bottom, pad.right,
          static_cast<std::uint32_t>(layer.activation), layer.residual.value_or(0xFFFF'FFFF),
          std::bit_cast<std::uint32_t>(layer.reach)})
        number(field);
    if (layer.kind != Kind::max_pool) {
        std::uint32_t columns = layer.kernel_height * layer.kernel_width;
        if (layer.kind == Kind::convolution)
            columns *= source_channels;
        number(block);
        if (block > 0) {
            const std::size_t blocks = (columns + block - 1) / block;
            floats(channels * blocks, 0.001F, 0.01F);
            eights(channels * blocks);
            eights(std::size_t{channels} * columns);
        } else {
            const float size =
                1.F / static_cast<float>(layer.kind == Kind::convolution ? source_channels : 1);
            floats(std::size_t{channels} * columns, -size, size);
        }
        floats(channels, -1, 1);
        if (layer.activation == Activation::prelu)
            floats(channels, -0.5F, 1.5F);
    }
    return ++count_;
}

Bytes NetworkFile::bytes() const {
    Bytes bytes(magic.begin(), magic.end());
    append(bytes, version);
    bytes.insert(bytes.end(), 32, 0); // no digest
    for (const std::uint32_t field :
         {entry_.height, entry_.width, entry_.channels, std::bit_cast<std::uint32_t>(factor),
          std::bit_cast<std::uint32_t>(offset), count_, static_cast<std::uint32_t>(outputs_.size())})
        append(bytes, field);
    bytes.insert(bytes.end(), layers_.begin(), layers_.end());
    for (const Output& output : outputs_) {
        append(bytes, output.tensor);
        append(bytes, static_cast<std::uint32_t>(output.name.size()));
        bytes.insert(bytes.end(), output.name.begin(), output.name.end());
    }
    return bytes;
}

Bytes noise(std::size_t size, unsigned seed) {
    std::mt19937 random(seed);
    Bytes bytes(size);
    std::ranges::generate(bytes, [&] { return static_cast<std::uint8_t>(random()); });
    return bytes;
}

} // namespace kaomon::face::engine
