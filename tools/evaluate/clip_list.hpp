// The clips that an evaluation of liveness runs on, and their frames.
#pragma once

#include "drivers/base/secret.hpp"
#include "tools/words/trouble.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::evaluate {

inline constexpr std::string_view bona_fide_label = "bona-fide";

struct Clip {
    std::size_t line = 0;       // in the list, from 1: how a clip is named in messages
    std::filesystem::path path; // relative ones are relative to the list's folder
    std::string label; // bona-fide or bona-fide-..., or the kind of attack: a-z, 0-9 and -, at most 32
};
struct ClipProblem {
    std::size_t line = 0;
    std::string what; // English clause without the path
};
struct ClipList {
    std::vector<Clip> clips;
    std::vector<ClipProblem> problems;
};

// PATH <tab> LABEL. Empty lines and lines that begin with # say nothing; lines that cannot be read become
// problems and the rest is used. Reentrant.
ClipList parse_clip_list(std::string_view text, const std::filesystem::path& folder);
// Trouble: list_unreadable (cannot be opened, larger than 1 MiB).
Outcome<ClipList> read_clip_list(const std::filesystem::path& file);

// Where the JPEG files lie in a run of them (MJPEG): from each FF D8 FF that begins a picture to its FF D9;
// what is between is skipped. At most 10,000. Reentrant.
std::vector<ByteView> split_mjpeg(ByteView bytes);

// The frames of a folder of JPEG files, by name, or of a file of MJPEG; each at most 4 MiB, a file at most
// 512 MiB. Empty when there are none.
std::vector<SecretBytes> frames_of(const std::filesystem::path& path);

} // namespace kaomon::evaluate
