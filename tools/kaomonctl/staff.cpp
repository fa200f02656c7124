#include "tools/kaomonctl/staff.hpp"

#include <cstdio>
#include <fstream>

namespace kaomon::kaomonctl {

int Staff::fail(const Trouble& trouble) const {
    end(trouble.code);
    return failed(language, common.json, trouble);
}

int Staff::end(ExitCode code) const {
    for (const Text& notice : folder.notices())
        std::fprintf(stderr, "kaomonctl: %s\n", say(language, notice).c_str());
    return code;
}

void Staff::wrote(std::string_view name) const {
    if (!common.json)
        print_line(std::string(say(language, "書きました: ", "wrote ")) + folder.at(name).string());
}

Outcome<std::string> put(clinic::Folder& folder, const std::string& named, const char* usual,
                         const std::string& text) {
    if (named.empty()) {
        if (auto written = folder.put(usual, text); !written)
            return std::unexpected(written.error());
        return folder.at(usual).string();
    }
    if (!(std::ofstream(named, std::ios::binary) << text).flush())
        return trouble(exit_usage, "cannot_write", {named + " に書けません。", named + " cannot be written"},
                       {"場所と権限を確かめてください。", "look at the place and its permissions"});
    return named;
}

} // namespace kaomon::kaomonctl
