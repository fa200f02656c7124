// The commands of kaomonctl: each group of them is added by a file of its own.
#pragma once

#include "tools/command/commands.hpp"
#include "tools/kaomonctl/words.hpp"

namespace kaomon::kaomonctl {

struct Commands : command::Commands {
    Commands(const command::Program& program, Common& options)
        : command::Commands(program, options), common(options) {}

    Common& common;
};

// What the daemon does.
void add_status(Commands& commands);
void add_metrics(Commands& commands);
void add_doctor(Commands& commands);
void add_support(Commands& commands);
void add_watch(Commands& commands);
void add_verify(Commands& commands);
void add_screen(Commands& commands);
void add_call(Commands& commands);
void add_check_result(Commands& commands);
void add_card(Commands& commands);
void add_camera(Commands& commands);
void add_audit(Commands& commands);
void add_key(Commands& commands);
void add_subject(Commands& commands);
void add_config(Commands& commands);
void add_gateway(Commands& commands);
// How well it does, measured.
void add_evaluate(Commands& commands);

} // namespace kaomon::kaomonctl
