#include "tools/clinic/commands/staff.hpp"

#include "tools/command/report_file.hpp"

namespace kaomon::clinic {

int Staff::fail(const Trouble& trouble) const {
    end(trouble.code);
    return failed(common, trouble);
}

int Staff::end(ExitCode code) const {
    for (const Text& notice : folder.notices())
        print_error(common, say(language, notice));
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
    if (auto written = write_report(named, text); !written)
        return std::unexpected(written.error());
    return named;
}

} // namespace kaomon::clinic
