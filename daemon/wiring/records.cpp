#include "daemon/wiring/records.hpp"

#include "daemon/audit/segments.hpp"
#include "daemon/result/known_keys.hpp"
#include "drivers/base/log.hpp"

namespace kaomon::wiring {
namespace {

bool is_there(const std::filesystem::path& file) {
    std::error_code error;
    return std::filesystem::exists(std::filesystem::symlink_status(file, error));
}

} // namespace

audit::Seal seal_of(const result::SigningKey& key) {
    return {
        .sign = [key](std::string_view json) { return key.sign(audit::head_type, json); },
        .check =
            [key](std::string_view jws) { return result::open_jws(jws, key.all_keys(), audit::head_type); }};
}

Result<Records> open_records(const config::Config& config) {
    const bool had_key = is_there(result::known_keys_file(config.result.key));
    auto key = result::SigningKey::load_or_create(config.result.key, audit::has_begun(config.audit.file));
    if (!key)
        return std::unexpected(key.error());
    if (!key->replaced().empty())
        log(LogLevel::warning, "key: " + key->replaced());
    auto record =
        audit::Log::open({.file = config.audit.file,
                          .segment_bytes = static_cast<std::uint64_t>(config.audit.segment_mib) << 20,
                          .monthly = config.audit.monthly,
                          .seal = seal_of(*key),
                          .began_before = had_key});
    if (!record)
        return std::unexpected(record.error());
    if (const auto trouble = record->trouble())
        log(LogLevel::error, "audit: " + std::string(word(*trouble)) + ": " + record->trouble_detail() +
                                 "; see kaomonctl audit verify");
    auto begun = record->append(
        audit::Event{std::time(nullptr), "start", {{"version", KAOMON_VERSION}, {"key", key->key_id()}}});
    if (!begun)
        return std::unexpected(begun.error());
    const auto head = record->sign_head();
    if (!head)
        return std::unexpected(head.error());
    if (*head)
        log(LogLevel::info, "audit: signed head " + **head);
    return Records{std::move(*key), std::move(*record)};
}

} // namespace kaomon::wiring
