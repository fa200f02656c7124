// A still that a test makes for itself, in a directory of its own.
#pragma once

#include "drivers/camera/jpeg.hpp"
#include "tests/drivers/camera/picture.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string_view>

namespace kaomon::camera::simulated {

class StillFile {
  public:
    StillFile() {
        std::string name = (std::filesystem::temp_directory_path() / "kaomon_still.XXXXXX").string();
        directory_ = mkdtemp(name.data());
        const SecretBytes jpeg = encode_jpeg(test_picture(300, 400), 90);
        write({reinterpret_cast<const char*>(jpeg.data()), jpeg.size()});
    }
    ~StillFile() { std::filesystem::remove_all(directory_); }
    StillFile(const StillFile&) = delete;
    StillFile& operator=(const StillFile&) = delete;

    std::filesystem::path path() const { return directory_ / "still.jpg"; }
    std::filesystem::path fifo() const { return directory_ / "fault"; }
    void write(std::string_view content) const { std::ofstream(path(), std::ios::binary) << content; }

  private:
    std::filesystem::path directory_;
};

} // namespace kaomon::camera::simulated
