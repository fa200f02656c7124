// The real server over a real socket file in a folder of its own, its loop in a thread, before a scripted
// desk.
#pragma once

#include "daemon/socket/server.hpp"
#include "tests/daemon/socket/scripted_desk.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace kaomon::testing {

class ServedDesk {
  public:
    // `change` may alter the options; the path is set.
    explicit ServedDesk(const std::function<void(socket::Options&)>& change = {});
    ServedDesk(const ServedDesk&) = delete;
    ServedDesk& operator=(const ServedDesk&) = delete;
    ~ServedDesk();

    const std::filesystem::path& path() const noexcept { return path_; }
    const std::filesystem::path& folder() const noexcept { return folder_; }
    // Runs `work` in the loop's thread and waits for it.
    void run(const std::function<void(ScriptedDesk&)>& work);
    void stop(); // Server::stop(), in the loop's thread; the loop runs on
    std::size_t clients();
    // Waits until `holds` in the loop's thread; false after two seconds.
    bool eventually(const std::function<bool(ScriptedDesk&)>& holds);

  private:
    struct Loop;
    std::filesystem::path folder_, path_;
    std::unique_ptr<Loop> loop_;
    std::thread thread_;
};

// A folder of its own under the temporary one, and gone with it.
std::filesystem::path make_temporary_folder();

} // namespace kaomon::testing
