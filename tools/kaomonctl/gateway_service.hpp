// What kaomonctl gateway does to the machine: two keys of kaomond's configuration, services, the gateway's
// own files.
#pragma once

#include "daemon/gateway/settings.hpp"
#include "tools/words/trouble.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace kaomon::kaomonctl {

// The gateway's configuration; empty: the installed one.
Outcome<gateway::Settings> gateway_settings(const std::string& file);

// Changes values of kaomond's configuration (empty: the installed one), all or none. `change` gets the list
// as it is (a text is a list of one). Troubles: unknown_key (a kaomond without a gateway), cannot_read,
// cannot_write, config_invalid.
struct ListEdit {
    std::string key; // "socket.screen_users"
    std::function<void(std::vector<std::string>& values)> change;
};
Outcome<void> edit_configuration(const std::string& file, const std::vector<ListEdit>& edits);
// Empty: there is no such key.
std::optional<std::vector<std::string>> configured(const std::string& file, const std::string& key);

// systemctl with these arguments. Trouble: systemctl_failed.
Outcome<void> systemctl(const std::vector<std::string>& arguments);

// From here on this process has the rights of the folder's owner and no more, so that what it writes there is
// the owner's. For root and the owner. Troubles: cannot_read, another_user.
Outcome<void> become_owner_of(const std::filesystem::path& folder, const std::string& command);

// A program found by PATH, its exit code; 127: it could not be started.
int run_and_wait(const std::vector<std::string>& command);

// The body of an answer of the gateway on this computer, with its status; empty: it does not answer within
// two seconds.
std::optional<std::pair<int, std::string>> ask_gateway(std::uint16_t port, const std::string& path);

} // namespace kaomon::kaomonctl
