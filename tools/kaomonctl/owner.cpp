#include "tools/kaomonctl/owner.hpp"

#include <sys/stat.h>
#include <unistd.h>

namespace kaomon::kaomonctl {

Outcome<void> as_its_owner(const std::filesystem::path& file, const std::string& command) {
    const auto folder = file.parent_path();
    struct stat facts{};
    if (::stat(folder.c_str(), &facts) != 0)
        return trouble(exit_usage, "cannot_read",
                       {folder.string() + " を読めません。", folder.string() + ": cannot be read"});
    if (facts.st_uid != ::geteuid())
        return trouble(
            exit_usage, "another_user",
            {folder.string() + " の持ち主で実行してください。", folder.string() + " belongs to another user"},
            {"例: runuser -u kaomon -- kaomonctl " + command + " …",
             "e.g. runuser -u kaomon -- kaomonctl " + command + " …"});
    return {};
}

} // namespace kaomon::kaomonctl
