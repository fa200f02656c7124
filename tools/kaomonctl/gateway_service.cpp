#include "tools/kaomonctl/gateway_service.hpp"

#include "daemon/config/edit.hpp"
#include "daemon/config/key_name.hpp"
#include "drivers/base/durable_file.hpp"
#include "drivers/base/system_call.hpp"
#include "drivers/base/text_file.hpp"
#include "drivers/base/toml_text.hpp"
#include "drivers/base/unique_fd.hpp"

#include <arpa/inet.h>
#include <grp.h>
#include <netinet/in.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

extern "C" char** environ;

namespace kaomon::kaomonctl {
namespace {

std::string kaomonds_file(const std::string& named) {
    return named.empty() ? config::installed_file : named;
}

// A text is a list of at most one.
std::vector<std::string> values_of(const config::Key& key, config::Config& config) {
    const auto target = key.target(config);
    if (const auto* list = std::get_if<std::vector<std::string>*>(&target))
        return **list;
    if (const auto* text = std::get_if<std::string*>(&target))
        return (*text)->empty() ? std::vector<std::string>() : std::vector{**text};
    return {};
}

std::string as_value(const config::Key& key, const std::vector<std::string>& values) {
    config::Config any;
    if (std::holds_alternative<std::string*>(key.target(any)))
        return toml_text(values.empty() ? std::string() : values.front());
    std::string list;
    for (const std::string& value : values)
        list += (list.empty() ? "" : ", ") + toml_text(value);
    return '[' + list + ']';
}

Trouble unknown_to_kaomond(const std::string& key) {
    return {exit_usage,
            "unknown_key",
            {"この kaomond の設定には " + key + " がありません。", key + ": this kaomond has no such key"},
            {"kaomond を新しくしてください。", "install a kaomond of the same version"}};
}

} // namespace

Outcome<gateway::Settings> gateway_settings(const std::string& file) {
    auto settings = file.empty() ? gateway::load_installed_settings() : gateway::load_settings(file);
    if (!settings)
        return std::unexpected(trouble_of(settings.error()));
    return std::move(*settings);
}

Outcome<void> edit_configuration(const std::string& named, const std::vector<ListEdit>& edits) {
    const std::string file = kaomonds_file(named);
    const auto before = read_text_file(file, config::largest_file);
    if (!before && before.error() != ENOENT)
        return trouble(exit_usage, "cannot_read", {file + " を読めません。", file + " cannot be read"},
                       {"sudo で実行してください。", "run it with sudo"});
    std::string text = before.value_or("");
    for (const ListEdit& edit : edits) {
        const auto* key = config::find_key(edit.key);
        if (key == nullptr)
            return std::unexpected(unknown_to_kaomond(edit.key));
        auto parsed = config::parse(text, file);
        if (!parsed)
            return std::unexpected(trouble_of(parsed.error()));
        auto values = values_of(*key, *parsed);
        edit.change(values);
        auto after = config::with_value(text, *key, as_value(*key, values), file);
        if (!after)
            return std::unexpected(trouble_of(after.error()));
        text = std::move(*after);
    }
    std::error_code error;
    const auto target = std::filesystem::weakly_canonical(file, error);
    if (const auto written = replace_file(error ? std::filesystem::path(file) : target, text,
                                          Reason::config_invalid, {.mode = 0644, .as_before = true});
        !written)
        return trouble(exit_usage, "cannot_write", {file + " に書けません。", written.error().detail},
                       {"sudo で実行してください。", "run it with sudo"});
    return {};
}

std::optional<std::vector<std::string>> configured(const std::string& file, const std::string& name) {
    const auto* key = config::find_key(name);
    auto config = config::load_named(file);
    if (key == nullptr || !config)
        return std::nullopt;
    return values_of(*key, *config);
}

int run_and_wait(const std::vector<std::string>& command) {
    std::vector<std::string> words = command;
    std::vector<char*> arguments;
    for (std::string& one : words)
        arguments.push_back(one.data());
    arguments.push_back(nullptr);
    pid_t child = 0;
    if (posix_spawnp(&child, arguments.front(), nullptr, nullptr, arguments.data(), environ) != 0)
        return 127;
    int status = 0;
    if (retried([&] { return waitpid(child, &status, 0); }) != child)
        return 127;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

Outcome<void> systemctl(const std::vector<std::string>& arguments) {
    std::vector<std::string> command{"systemctl"};
    std::string words = "systemctl";
    for (const std::string& one : arguments) {
        command.push_back(one);
        words += ' ' + one;
    }
    if (run_and_wait(command) != 0)
        return trouble(exit_findings, "systemctl_failed", {words + " に失敗しました。", words + " failed"},
                       {"journalctl -u kaomon-gateway を見てください。", "see journalctl -u kaomon-gateway"});
    return {};
}

Outcome<void> become_owner_of(const std::filesystem::path& folder, const std::string& command) {
    struct stat facts{};
    if (::stat(folder.c_str(), &facts) != 0)
        return trouble(
            exit_usage, "cannot_read",
            {folder.string() + " を読めません。", folder.string() + ": cannot be read"},
            {"先に kaomonctl gateway enable を実行してください。", "first: kaomonctl gateway enable"});
    if (facts.st_uid == ::geteuid())
        return {};
    if (::geteuid() != 0 || setgroups(0, nullptr) != 0 || setgid(facts.st_gid) != 0 ||
        setuid(facts.st_uid) != 0)
        return trouble(
            exit_usage, "another_user",
            {folder.string() + " の持ち主で実行してください。", folder.string() + " belongs to another user"},
            {"例: sudo kaomonctl " + command, "e.g. sudo kaomonctl " + command});
    return {};
}

std::optional<std::pair<int, std::string>> ask_gateway(std::uint16_t port, const std::string& path) {
    const UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    constexpr timeval patience{2, 0};
    setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_port = htons(port);
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(socket.get(), reinterpret_cast<const sockaddr*>(&here), sizeof here) != 0)
        return std::nullopt;
    const std::string request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
                                "\r\nConnection: close\r\n\r\n";
    if (!write_all(socket.get(), request.data(), request.size()))
        return std::nullopt;
    std::string answer;
    std::array<char, 4096> buffer{};
    for (ssize_t got = 0;
         answer.size() < 65'536 &&
         (got = retried([&] { return read(socket.get(), buffer.data(), buffer.size()); })) > 0;)
        answer.append(buffer.data(), static_cast<std::size_t>(got));
    const auto body = answer.find("\r\n\r\n");
    if (!answer.starts_with("HTTP/1.1 ") || answer.size() < 12 || body == std::string::npos)
        return std::nullopt;
    return std::pair(std::atoi(answer.c_str() + 9), answer.substr(body + 4));
}

} // namespace kaomon::kaomonctl
