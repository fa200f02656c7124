// Why a tool could not do its work, for the person who asked: what happened and why, and what to do next.
// (The daemon's failures are drivers/base/result.hpp; this is for the tools' files, devices and lines.)
#pragma once

#include "drivers/base/result.hpp"
#include "proto/exit_code.hpp"
#include "tools/words/language.hpp"

#include <expected>
#include <string>
#include <utility>

namespace kaomon {

struct Trouble {
    ExitCode code = exit_usage;
    std::string word; // snake_case, for machines: "unknown_prefecture"
    Text what;        // one sentence: what happened and why
    Text next;        // one sentence: what to do next; may be empty
};

template<class T>
using Outcome = std::expected<T, Trouble>;

inline std::unexpected<Trouble> trouble(ExitCode code, std::string word, Text what, Text next = {}) {
    return std::unexpected<Trouble>(Trouble{code, std::move(word), std::move(what), std::move(next)});
}

// A failure of a driver or the daemon in the words of proto/reasons, with its exit code; its detail goes
// behind the English sentence, its place (place.hpp) behind the Japanese one.
Trouble trouble_of(const Failure& failure);

} // namespace kaomon
