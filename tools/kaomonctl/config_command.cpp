// kaomonctl config: the daemon's configuration, checked, shown, changed.
#include "daemon/config/edit.hpp"
#include "daemon/config/key_name.hpp"
#include "daemon/wiring/check.hpp"
#include "drivers/base/durable_file.hpp"
#include "drivers/base/text_file.hpp"
#include "proto/exit_code.hpp"
#include "tools/kaomonctl/commands.hpp"

#include <boost/json/array.hpp>

namespace kaomon::kaomonctl {
namespace {

namespace json = boost::json;

std::string file_of(const std::string& named) {
    return named.empty() ? config::installed_file : named;
}

Trouble no_such_key(const std::string& typed) {
    const std::string meant = config::nearest_key(typed);
    return {exit_usage,
            "unknown_key",
            {"設定 " + typed + " はありません。", typed + ": unknown key"},
            meant.empty()
                ? Text{"kaomonctl config schema で一覧を見てください。", "see kaomonctl config schema"}
                : Text{meant + " ですか。", "did you mean " + meant + "?"}};
}

int check(const Common& common, const std::string& named) {
    const auto config = config::load_named(named);
    const auto good = config ? wiring::check(*config, file_of(named)) : std::unexpected(config.error());
    if (!good)
        return failed(common, trouble_of(good.error()));
    if (common.json)
        print_json({{"file", file_of(named)}, {"valid", true}});
    else
        print_line(file_of(named) + std::string(say(common.language(), ": 正しい", ": valid")));
    return exit_ok;
}

int show_values(const Common& common, const std::string& named, const std::string& only, bool changed) {
    const auto config = config::load_named(named);
    if (!config)
        return failed(common, trouble_of(config.error()));
    if (!only.empty() && config::find_key(only) == nullptr)
        return failed(common, no_such_key(only));
    json::object shown;
    for (const auto& key : config::keys()) {
        const std::string value = config::value_as_toml(key, *config);
        if ((!only.empty() && name_of(key) != only) ||
            (changed && value == config::value_as_toml(key, config::Config{})))
            continue;
        if (common.json)
            shown[name_of(key)] = value;
        else
            print_line(only.empty() ? name_of(key) + " = " + value : value);
    }
    if (common.json)
        print_json(shown);
    return exit_ok;
}

int schema(const Common& common) {
    json::array all;
    for (const auto& key : config::keys()) {
        const std::string value = config::value_as_toml(key, config::Config{});
        if (common.json)
            all.push_back(json::object{{"key", name_of(key)},
                                       {"default", value},
                                       {"allowed", config::what_is_allowed(key)},
                                       {"meaning", key.meaning}});
        else
            print_line(name_of(key) + " = " + value + "  (" + config::what_is_allowed(key) + ")");
    }
    if (common.json)
        print_json({{"keys", std::move(all)}});
    return exit_ok;
}

int set(const Common& common, const std::string& named, const std::string& name, const std::string& typed) {
    const auto* key = config::find_key(name);
    if (key == nullptr)
        return failed(common, no_such_key(name));
    const std::string file = file_of(named);
    const auto before = read_text_file(file, config::largest_file);
    if (!before && before.error() != ENOENT)
        return failed(common, {exit_usage,
                               "cannot_read",
                               {file + " を読めません。", file + " cannot be read"},
                               {"sudo で実行してください。", "run it with sudo"}});
    const auto after = config::with_value(before.value_or(""), *key, config::text_as_toml(*key, typed), file);
    if (!after)
        return failed(common, trouble_of(after.error()));
    std::error_code error;
    const auto target =
        std::filesystem::weakly_canonical(file, error); // it may be a link to where it is kept
    if (const auto written = replace_file(error ? std::filesystem::path(file) : target, *after,
                                          Reason::config_invalid, {.mode = 0644, .as_before = true});
        !written)
        return failed(common, {exit_usage,
                               "cannot_write",
                               {file + " に書けません。", written.error().detail},
                               {"sudo で実行してください。", "run it with sudo"}});
    const std::string value = config::value_as_toml(*key, *config::parse(*after, file));
    if (common.json) {
        print_json({{"file", file}, {"key", name}, {"value", value}});
    } else {
        print_line(name + " = " + value);
        print_line(std::string(
            say(common.language(), "受付のない時に使われるように: sudo systemctl reload kaomond",
                "takes effect, as soon as no session runs, after: sudo systemctl reload kaomond")));
    }
    return exit_ok;
}

} // namespace

void add_config(Commands& commands) {
    struct Options {
        std::string file, key, value;
        bool changed = false;
    };
    auto options = std::make_shared<Options>();
    const Common& common = commands.common;
    CLI::App* group = commands.add_group("config", "the daemon's configuration: checked, shown, changed");
    const auto add = [&](const char* name, const char* help, std::function<int()> act) {
        CLI::App* sub = commands.add(name, help, std::move(act), group);
        sub->add_option("--config", options->file, "the daemon's configuration (default: the installed one)");
        return sub;
    };
    add("check", "is it valid, with the users, keys and models it names",
        [&common, options] { return check(common, options->file); });
    CLI::App* sub = add("show", "every key with the value that counts", [&common, options] {
        return show_values(common, options->file, options->key, options->changed);
    });
    sub->add_option("key", options->key, "only this one, as camera.rate");
    sub->add_flag("--changed", options->changed, "only what is not the default");
    sub = add("set", "change one value; comments and all other lines stay",
              [&common, options] { return set(common, options->file, options->key, options->value); });
    sub->add_option("key", options->key, "which one, as camera.rate")->required();
    sub->add_option("value", options->value, "a text needs no quotes, a list is written a,b")->required();
    commands.add(
        "schema", "every key with its default and what is allowed", [&common] { return schema(common); },
        group);
}

} // namespace kaomon::kaomonctl
