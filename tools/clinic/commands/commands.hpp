// The commands of kaomon-clinic, from the notice to the first patient: each group is added by a file of its
// own.
#pragma once

#include "tools/command/commands.hpp"

namespace kaomon::clinic {

using namespace command;

struct Common : command::Options { // in Japanese: they are for the clinic's office
    std::string folder;            // empty: Folder::usual()
};

struct Commands : command::Commands {
    Commands(const command::Program& program, Common& options)
        : command::Commands(program, options), common(options) {}

    Common& common;
};

void add_profile(Commands& commands);
void add_choose(Commands& commands);
void add_network(Commands& commands);
void add_procure(Commands& commands);
void add_introduce(Commands& commands);
void add_certificate(Commands& commands);
void add_rehearse(Commands& commands);

} // namespace kaomon::clinic
