// Files that are the old or the new one, whole, whatever ends the process or the power while they are
// written.
#pragma once

#include "drivers/base/result.hpp"

#include <sys/types.h>

#include <filesystem>
#include <string_view>

namespace kaomon {

// no: in one step for other processes all the same; after a power cut the file may be anything.
enum class Synced : bool { no, yes };

struct Placing {
    mode_t mode = 0600; // less the umask
    Synced synced = Synced::yes;
    bool as_before = false; // owner, group and mode of the file that is there, if one is
};

// The callers choose the word of the failure; its detail is "FILE: why". Reentrant, also beside other
// processes that write the same file: the last one's stays.

// `content` in the place of the file, or where there is none: written beside as FILE.new-…, synced, renamed,
// the folder synced. After a failure the old one is there; if it was the folder's sync that failed the new
// one, until a power cut may bring back the old.
Result<void> replace_file(const std::filesystem::path& file, std::string_view content, Reason reason,
                          Placing placing = {});
// The same only where there is none. False: there is one already, which stays. After a failure there is none.
Result<bool> create_file(const std::filesystem::path& file, std::string_view content, Reason reason,
                         Placing placing = {});

// The same file under another name of the same folder, which nobody has yet; the folder synced.
Result<void> move_file(const std::filesystem::path& from, const std::filesystem::path& to, Reason reason);

// The names in the folder of `file` stay as they are now. False with errno. Reentrant.
bool sync_folder_of(const std::filesystem::path& file);

} // namespace kaomon
