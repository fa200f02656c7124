// Writes the photograph of nobody that the tests issue cards from: simcard_portrait FILE.jpg
#include "tests/drivers/card/simulated/sample_card.hpp"

#include <fstream>

int main(int argc, char** argv) {
    if (argc != 2)
        return 2;
    const kaomon::Bytes jpeg = kaomon::card::simulated::sample_jpeg(640, 800);
    std::ofstream file(argv[1], std::ios::binary);
    file.write(reinterpret_cast<const char*>(jpeg.data()), static_cast<std::streamsize>(jpeg.size()));
    return file ? 0 : 1;
}
