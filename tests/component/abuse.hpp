// What a client can do to keep others from the desk: each goes on until its process is ended.
#pragma once

#include <filesystem>
#include <span>

namespace kaomon::test {

struct Abuse {
    const char* name;
    int users; // who do it at once, each in a process of its own
    void (*go_on)(const std::filesystem::path& socket);
};

std::span<const Abuse> abuses();
const Abuse& abuse_of(std::string_view name);

} // namespace kaomon::test
