#include "tests/bench/card_photograph.hpp"

#include "drivers/card/simulated/jp2.hpp"
#include "drivers/card/simulated/portrait.hpp"
#include "tests/bench/must.hpp"

#include <fstream>
#include <iterator>
#include <string>

namespace kaomon::bench {

Image portrait(const char* name) {
    std::ifstream file(std::string(KAOMON_SOURCE_DIR "/models/demo/") + name, std::ios::binary);
    const Bytes jpeg{std::istreambuf_iterator<char>(file), {}};
    return must(card::simulated::make_portrait(must(card::simulated::decode_jpeg(jpeg)), {}));
}

SecretBytes card_photograph(const char* name) {
    return must(card::simulated::encode_jp2(portrait(name), 7000));
}

} // namespace kaomon::bench
