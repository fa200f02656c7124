// Writes the seed files of fuzz_jp2_header into the folder named on the command line.
#include "tests/daemon/photo/sample_jp2.hpp"

#include <filesystem>
#include <fstream>

int main(int argc, char** argv) {
    using namespace kaomon;
    if (argc != 2)
        return 2;
    const std::filesystem::path folder = argv[1];
    const auto write = [&](const char* name, const photo::testing::Sample& sample) {
        const Bytes jp2 = photo::testing::encode(sample);
        std::ofstream(folder / name, std::ios::binary)
            .write(reinterpret_cast<const char*>(jp2.data()), static_cast<std::streamsize>(jp2.size()));
    };
    write("grey.jp2", {.width = 24, .height = 30, .levels = 2});
    write("colour.jp2", {.width = 24, .height = 30, .channels = 3, .levels = 2});
    write("precincts.jp2", {.width = 64, .height = 64, .levels = 2, .layers = 3, .precinct = 64});
    write("tiles.jp2", {.width = 32, .height = 32, .levels = 1, .tile = 16});
    write("codestream.j2k", {.width = 8, .height = 8, .levels = 1, .raw = true});
}
