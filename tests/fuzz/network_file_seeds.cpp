// Writes the seed corpus of fuzz_network_file into the folder named: small nets with every kind of layer.
#include "tests/daemon/face/engine/network_file.hpp"

#include <filesystem>
#include <fstream>

using namespace kaomon::face::engine;

int main(int count, char** words) {
    if (count != 2)
        return 2;
    const auto write = [&](const char* name, const NetworkFile& file) {
        const kaomon::Bytes bytes = file.bytes();
        std::ofstream(std::filesystem::path(words[1]) / name, std::ios::binary)
            .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    };
    Layer three;
    three.kernel_height = three.kernel_width = 3;
    three.padding = {1, 1, 1, 1};
    three.activation = Activation::prelu;
    NetworkFile convolution(5, 4);
    convolution.output(convolution.add(three, 5, 3), "y");
    write("convolution", convolution);

    NetworkFile all(6, 6);
    all.factor = 0.1F;
    all.add(three, 4, 3, 27);
    Layer depthwise = three;
    depthwise.kind = Kind::depthwise;
    depthwise.source = 1;
    depthwise.stride = 2;
    depthwise.reach = 10;
    all.add(depthwise, 4, 4);
    Layer pool;
    pool.kind = Kind::max_pool;
    pool.source = 1;
    pool.kernel_height = pool.kernel_width = pool.stride = 2;
    all.add(pool, 4, 4);
    Layer sum;
    sum.source = 2;
    sum.residual = 3;
    sum.activation = Activation::relu;
    all.add(sum, 6, 4);
    Layer flatten;
    flatten.kind = Kind::flatten;
    flatten.source = 4;
    all.add(flatten, 6, 6);
    Layer matrix;
    matrix.source = 5;
    all.output(all.add(matrix, 3, 54, 16), "y");
    all.output(4, "z");
    write("all", all);

    NetworkFile input(3, 3, 2);
    depthwise.source = 0;
    depthwise.stride = 1;
    input.output(input.add(depthwise, 2, 2), "y");
    write("input", input);
    return 0;
}
