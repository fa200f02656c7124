#include "daemon/wiring/reader.hpp"

#include "daemon/wiring/state_folder.hpp"
#include "drivers/card/pcsc/pcsc_reader.hpp"

#include <ctime>
#include <utility>

namespace kaomon::wiring {
namespace {

Date today_in_japan() {
    using namespace std::chrono;
    return Date{floor<days>(system_clock::now() + hours(9))};
}

std::int64_t now() {
    return static_cast<std::int64_t>(std::time(nullptr));
}

} // namespace

std::filesystem::path ledger_of(const config::Config& config) {
    return config.card.idempotency_ledger.empty() ? state_folder(config) / "idempotency_keys"
                                                  : config.card.idempotency_ledger;
}

std::unique_ptr<card::Reader> make_reader(const config::Card& config) {
    return card::pcsc::make_reader(
        card::pcsc::Settings{config.reader, static_cast<std::size_t>(config.read_block)});
}

card::mynumber::MinTries min_tries(const config::Card& config) {
    return {config.min_tries, config.min_pin_tries};
}

Result<visit::CardPolicy> card_policy(const config::Config& config) {
    auto trust = card::mynumber::TrustStore::load(config.card.trust_store);
    if (!trust)
        return std::unexpected(std::move(trust.error()));
    auto sign_in_trust = card::mynumber::SignInTrust::load(config.card.trust_store);
    if (!sign_in_trust)
        return std::unexpected(std::move(sign_in_trust.error()));
    auto ledger = card::mynumber::IdempotencyLedger::open(ledger_of(config));
    if (!ledger)
        return std::unexpected(std::move(ledger.error()));
    auto digests = card::mynumber::CardDigestKey::load_or_create(state_folder(config) / "suspicion-key");
    if (!digests)
        return std::unexpected(std::move(digests.error()));
    std::error_code unknown;
    const bool began_before =
        std::filesystem::exists(config.audit.file, unknown); // nothing has opened it yet
    auto subjects =
        card::mynumber::SubjectSecret::load_or_create(subject_secret_of(config), today_in_japan());
    if (!subjects)
        return std::unexpected(std::move(subjects.error()));
    return visit::CardPolicy{.min_tries = min_tries(config.card),
                             .trust = std::move(*trust),
                             .sign_in_trust = std::move(*sign_in_trust),
                             .today = today_in_japan,
                             .now = now,
                             .ledger = std::move(*ledger),
                             .digests = std::move(*digests),
                             .subjects = *subjects,
                             .renamed = subjects->made() && began_before};
}

} // namespace kaomon::wiring
