#include "tools/kaomonctl/staff.hpp"

#include <cstdio>

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

} // namespace kaomon::kaomonctl
