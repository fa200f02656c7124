#include "tests/vectors/vectors.hpp"

#include <boost/json/parse.hpp>

#include <fstream>
#include <iterator>

namespace kaomon::vectors {

std::filesystem::path folder() {
    return std::filesystem::path(KAOMON_SOURCE_DIR).parent_path() / "shared/vectors";
}

boost::json::object read(const std::string& file) {
    std::ifstream stream(folder() / file);
    return boost::json::parse(std::string(std::istreambuf_iterator<char>(stream), {})).as_object();
}

Bytes bytes_of(const boost::json::value& hexadecimal) {
    const std::string text(hexadecimal.as_string());
    Bytes bytes;
    for (std::size_t at = 0; at + 1 < text.size(); at += 2)
        bytes.push_back(static_cast<std::uint8_t>(std::stoi(text.substr(at, 2), nullptr, 16)));
    return bytes;
}

} // namespace kaomon::vectors
