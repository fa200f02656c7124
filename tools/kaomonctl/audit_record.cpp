#include "tools/kaomonctl/audit_record.hpp"

#include "daemon/config/config.hpp"
#include "daemon/result/jws.hpp"
#include "daemon/result/known_keys.hpp"
#include "drivers/base/text_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <chrono>
#include <cstring>

namespace kaomon::kaomonctl {
namespace {

constexpr std::size_t longest_key_set = 64 * 1024; // bytes

Outcome<std::string> keys_of(const std::filesystem::path& file) {
    auto text = read_text_file(file, longest_key_set);
    if (!text)
        return trouble(
            exit_usage, "cannot_read",
            {file.string() + " を読めません。", file.string() + ": " + std::strerror(text.error())});
    return std::move(*text);
}

Outcome<std::string> keys_of_device(const std::filesystem::path& key) {
    const auto known = result::KnownKeys::load(result::known_keys_file(key));
    if (!known)
        return std::unexpected(trouble_of(known.error()));
    return known->empty() ? std::string() : known->jwk_set_with_retired();
}

} // namespace

void add_record_options(CLI::App& sub, RecordOptions& options) {
    sub.add_option("--config", options.config, "the daemon's configuration (default: the installed one)");
    sub.add_option("--file", options.file, "the record, or an export of one (default: the configuration's)");
    sub.add_option("--keys", options.keys,
                   "JWK file of the device's public keys (default: FILE.keys, else those the device keeps)");
}

Outcome<AuditRecord> find_record(const RecordOptions& options) {
    AuditRecord record{options.file, {}, {}};
    std::filesystem::path keys_file = options.keys;
    std::error_code error;
    if (const auto exported = options.file + ".keys";
        keys_file.empty() && !options.file.empty() && std::filesystem::exists(exported, error))
        keys_file = exported;
    std::filesystem::path device_key;
    if (options.file.empty() || keys_file.empty()) {
        const auto config = config::load_named(options.config);
        if (!config)
            return std::unexpected(trouble_of(config.error()));
        if (options.file.empty())
            record.file = config->audit.file;
        device_key = config->result.key;
    }
    auto keys = keys_file.empty() ? keys_of_device(device_key) : keys_of(keys_file);
    if (!keys)
        return std::unexpected(keys.error());
    record.keys = std::move(*keys);
    if (!record.keys.empty())
        record.seal.check = [keys = record.keys](std::string_view jws) {
            return result::open_jws(jws, keys, audit::head_type);
        };
    return record;
}

std::string time_in_japan(std::int64_t time) {
    using namespace std::chrono;
    const auto local = sys_seconds(seconds(time)) + hours(9);
    const auto day = floor<days>(local);
    const year_month_day date(day);
    const hh_mm_ss clock(local - day);
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}", int(date.year()), unsigned(date.month()),
                       unsigned(date.day()), clock.hours().count(), clock.minutes().count(),
                       clock.seconds().count());
}

} // namespace kaomon::kaomonctl
