// A caller that may misbehave: sends any bytes, reads messages.
#pragma once

#include "drivers/base/clock.hpp"
#include "drivers/base/unique_fd.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace kaomon::testing {

class RawClient {
  public:
    explicit RawClient(const std::filesystem::path& path);

    bool send_bytes(std::string_view bytes); // false: the other side has closed
    bool send(std::string_view message);     // with the NUL that ends it
    // The next message without its NUL; empty at the end of the stream or after `patience`.
    std::optional<std::string> receive(Milliseconds patience = Milliseconds(5000));
    // Sends and receives.
    std::string call(std::string_view message);
    // The stream has ended, with nothing more to read.
    bool ended(Milliseconds patience = Milliseconds(5000));
    void shut() { descriptor_.reset(); }
    int descriptor() const noexcept { return descriptor_.get(); }

  private:
    UniqueFd descriptor_;
    std::string held_;
    bool eof_ = false;
};

} // namespace kaomon::testing
