#include "daemon/wiring/check.hpp"

#include "daemon/wiring/face.hpp"
#include "daemon/wiring/file_modes.hpp"
#include "drivers/card/mynumber/sign_in_trust.hpp"
#include "drivers/card/mynumber/trust_store.hpp"

namespace kaomon::wiring {

Result<void> check(const config::Config& config, const std::filesystem::path& file) {
    if (auto modes = check_file_modes(config, file); !modes)
        return modes;
    if (const auto trust = card::mynumber::TrustStore::load(config.card.trust_store); !trust)
        return std::unexpected(trust.error());
    if (const auto trust = card::mynumber::SignInTrust::load(config.card.trust_store); !trust)
        return std::unexpected(trust.error());
    const auto pipeline = load_pipeline(config.face);
    if (!pipeline)
        return std::unexpected(pipeline.error());
    if (const auto rule = decision_rule(config, **pipeline); !rule)
        return std::unexpected(rule.error());
    return {};
}

} // namespace kaomon::wiring
