// What the commands for the clinic's office share: its folder, and how they end.
#pragma once

#include "tools/clinic/commands/commands.hpp"
#include "tools/clinic/folder/folder.hpp"

namespace kaomon::clinic {

struct Staff {
    explicit Staff(const Common& options)
        : common(options), language(options.language()),
          folder(options.folder.empty() ? clinic::Folder::usual() : std::filesystem::path(options.folder)) {}

    const Common& common;
    Language language;
    clinic::Folder folder;

    // Prints the trouble (and what had to be mended in the folder) and returns its exit code.
    int fail(const Trouble& trouble) const;
    // Prints what had to be mended in the folder and returns `code`.
    int end(ExitCode code) const;
    // "書きました: …", with --json nothing.
    void wrote(std::string_view name) const;
};

// Text that can be made again: to the file that was named, else to `usual` in the clinic's folder. Where it
// went.
Outcome<std::string> put(clinic::Folder& folder, const std::string& named, const char* usual,
                         const std::string& text);

} // namespace kaomon::clinic
