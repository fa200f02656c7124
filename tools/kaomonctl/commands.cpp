#include "tools/kaomonctl/commands.hpp"

namespace kaomon::kaomonctl {

CLI::App* Commands::add(const char* name, const char* help, std::function<int()> act, CLI::App* parent) {
    CLI::App* sub = (parent == nullptr ? &app_ : parent)->add_subcommand(name, help);
    sub->add_flag("--json", common.json, "JSON instead of sentences");
    sub->fallthrough();
    sub->callback([this, act = std::move(act)] { chosen_ = act; });
    return sub;
}

CLI::App* Commands::add_group(const char* name, const char* help) {
    CLI::App* group = app_.add_subcommand(name, help);
    group->require_subcommand(1);
    group->fallthrough();
    return group;
}

} // namespace kaomon::kaomonctl
