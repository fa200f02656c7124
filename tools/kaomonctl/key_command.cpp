// kaomonctl key: the device's signing key: made, lost, rotated. It works on the files beside it and needs no
// daemon; the daemon reads them at its start.
#include "daemon/audit/segments.hpp"
#include "daemon/config/config.hpp"
#include "daemon/result/key_file.hpp"
#include "daemon/result/known_keys.hpp"
#include "proto/exit_code.hpp"
#include "tools/kaomonctl/commands.hpp"
#include "tools/kaomonctl/owner.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <memory>

namespace kaomon::kaomonctl {
namespace {

struct KeyOptions {
    std::string config, key; // empty: the installed configuration; its [result] key
    bool replace_lost = false;
    std::string retired; // key id
};

struct KeyFolder {
    std::filesystem::path key;
    bool had_record = false; // the daemon ran here
    result::KnownKeys known{};
};

std::unexpected<Trouble> key_trouble(std::string word, Text what, Text next = {}) {
    return trouble(exit_usage, std::move(word), std::move(what), std::move(next));
}

bool key_is_there(const std::filesystem::path& file) {
    std::error_code error;
    return std::filesystem::exists(std::filesystem::symlink_status(file, error));
}

Outcome<KeyFolder> find_key(const KeyOptions& options, bool will_write) {
    KeyFolder found{options.key};
    if (options.key.empty()) {
        const auto config = config::load_named(options.config);
        if (!config)
            return std::unexpected(trouble_of(config.error()));
        found.key = config->result.key;
        found.had_record = audit::has_begun(config->audit.file);
    }
    if (will_write) {
        if (auto owner = as_its_owner(found.key, "key"); !owner)
            return std::unexpected(owner.error());
    }
    auto known = result::KnownKeys::load(result::known_keys_file(found.key));
    if (!known)
        return std::unexpected(trouble_of(known.error()));
    found.known = std::move(*known);
    return found;
}

Outcome<std::string> make_key_file(const std::filesystem::path& file) {
    const auto made = result::create_seed(file);
    const auto seed = made ? result::load_seed(file) : std::unexpected(made.error());
    if (!seed)
        return std::unexpected(trouble_of(seed.error()));
    if (!*made)
        return key_trouble("is_there",
                           {file.string() + " はもうあります。", file.string() + ": is there already"});
    return result::thumbprint(*result::public_key_of(*seed));
}

// What was done, with the key's id, and what comes next.
int key_done(const Common& common, const Outcome<std::string>& id, const Text& what, const Text& next) {
    if (!id)
        return failed(common, id.error());
    if (common.json) {
        print_json({{"kid", *id}, {"next", {{"ja", next.ja}, {"en", next.en}}}});
    } else {
        print_line(say(common.language(), what) + ": " + *id);
        print_line(say(common.language(), next));
    }
    return exit_ok;
}

int show_keys(const Common& common, const KeyOptions& options) {
    const auto found = find_key(options, false);
    if (!found)
        return failed(common, found.error());
    const bool there = key_is_there(found->key), next = key_is_there(result::next_key_file(found->key));
    boost::json::array keys;
    for (const auto& one : found->known.keys())
        keys.push_back({{"kid", result::thumbprint(one.key)}, {"state", word(one.state)}});
    const bool lost = !there && !found->known.empty();
    if (common.json) {
        print_json(
            {{"file", found->key.string()}, {"there", there}, {"next", next}, {"keys", std::move(keys)}});
    } else {
        print_line(fmt::format("{}  {}", found->key.string(),
                               there  ? say(common.language(), "あり", "there")
                               : lost ? say(common.language(), "失われている", "MISSING")
                                      : say(common.language(), "まだない", "not made yet")));
        for (const auto& one : found->known.keys())
            print_line(fmt::format("  {}  {}", result::thumbprint(one.key), word(one.state)));
    }
    return lost ? exit_findings : exit_ok;
}

Outcome<std::string> make_key_of(const KeyOptions& options) {
    const auto found = find_key(options, true);
    if (!found)
        return std::unexpected(found.error());
    if (!options.replace_lost && !key_is_there(found->key) && (found->had_record || !found->known.empty()))
        return key_trouble("key_missing",
                           {"この装置には署名の鍵がありましたが、失われています。",
                            found->key.string() + ": this device had a signing key and it is gone"},
                           {"控えがあれば戻してください（0600、同じ利用者）。なければ --replace-lost "
                            "を付けて作り直し、すべての受付システムに新しい公開鍵を渡してください。",
                            "put it back from a copy (mode 0600, the same user), or make another with "
                            "--replace-lost and give every "
                            "reception system the new public key"});
    return make_key_file(found->key);
}

Outcome<std::string> announce_key(const KeyOptions& options) {
    const auto found = find_key(options, true);
    if (!found)
        return std::unexpected(found.error());
    if (!key_is_there(found->key))
        return key_trouble("key_missing",
                           {"署名の鍵がありません。", found->key.string() + ": there is no signing key"});
    return make_key_file(result::next_key_file(found->key));
}

Outcome<std::string> switch_key(const KeyOptions& options) {
    const auto found = find_key(options, true);
    if (!found)
        return std::unexpected(found.error());
    const auto next = result::next_key_file(found->key);
    const auto seed = result::load_seed(next);
    if (!seed)
        return std::unexpected(trouble_of(seed.error()));
    const auto half = *result::public_key_of(*seed);
    const auto* known = found->known.find(half);
    if (known == nullptr)
        return key_trouble("not_given_out",
                           {"次の鍵はまだ配られていません。", "the next key was not given out yet (GetKeys)"},
                           {"装置を起動し直し、受付システムが鍵を取り直してから、もう一度実行してください。",
                            "restart kaomond, let every reception system fetch the keys, then come back"});
    if (auto placed = result::replace_seed(found->key, *seed); !placed)
        return std::unexpected(trouble_of(placed.error()));
    std::error_code error;
    std::filesystem::remove(next, error);
    return result::thumbprint(half);
}

Outcome<std::string> retire_key(const KeyOptions& options) {
    auto found = find_key(options, true);
    if (!found)
        return std::unexpected(found.error());
    auto done = found->known.retire(options.retired);
    if (done)
        done = found->known.save(result::known_keys_file(found->key));
    if (!done)
        return std::unexpected(trouble_of(done.error()));
    return options.retired;
}

} // namespace

void add_key(Commands& commands) {
    CLI::App* group =
        commands.add_group("key", "the device's signing key: made, lost, rotated (the daemon's user)");
    const auto options = std::make_shared<KeyOptions>();
    const auto add = [&](const char* name, const char* help, std::function<int(const Common&)> act) {
        CLI::App* sub = commands.add(
            name, help, [&common = commands.common, act = std::move(act)] { return act(common); }, group);
        sub->add_option("--config", options->config,
                        "the daemon's configuration (default: the installed one)");
        sub->add_option("--key", options->key, "the key's file (default: the configuration's)");
        return sub;
    };
    add("show", "which keys sign, will sign and have signed",
        [options](const Common& common) { return show_keys(common, *options); });
    add("make", "make the key before the first start, or in place of a lost one",
        [options](const Common& common) {
            return key_done(common, make_key_of(*options), {"鍵を作りました", "made"},
                            {"kaomond を起動し、すべての受付システムに公開鍵を渡してください（GetKeys）。",
                             "start kaomond and give every reception system the public key (GetKeys)"});
        })
        ->add_flag("--replace-lost", options->replace_lost, "there was a key, it is lost for good");
    add("announce", "make the next key: GetKeys gives it out, it does not sign yet",
        [options](const Common& common) {
            return key_done(
                common, announce_key(*options), {"次の鍵を作りました", "made, announced"},
                {"kaomond を起動し直し、受付システムが鍵を取り直したら: kaomonctl key switch",
                 "restart kaomond; once every reception system has fetched the keys: kaomonctl key switch"});
        });
    add("switch", "the announced key signs from the next start on; the old one stays given out",
        [options](const Common& common) {
            return key_done(
                common, switch_key(*options), {"次の鍵に替えました", "signs from the next start on"},
                {"kaomond を起動し直してください。古い鍵で署名した結果が要らなくなったら: kaomonctl key "
                 "retire",
                 "restart kaomond; once no result of the old key is checked any more: kaomonctl key retire"});
        });
    add("retire", "an old key is no longer given out",
        [options](const Common& common) {
            return key_done(common, retire_key(*options), {"配るのをやめました", "no longer given out"},
                            {"kaomond を起動し直してください。監査記録の確認には残ります。",
                             "restart kaomond; the audit record is still checked with it"});
        })
        ->add_option("KID", options->retired, "the key's id, as `key show` told it")
        ->required();
}

} // namespace kaomon::kaomonctl
