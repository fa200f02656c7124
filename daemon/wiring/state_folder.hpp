// Where the daemon keeps what outlives it, beside the audit record (StateDirectory= of its unit).
#pragma once

#include "daemon/config/config.hpp"

namespace kaomon::wiring {

inline std::filesystem::path state_folder(const config::Config& config) {
    return config.audit.file.parent_path();
}

// What earlier sessions left for cards.
inline std::filesystem::path suspicions_of(const config::Config& config) {
    return state_folder(config) / "suspicions";
}

// What references of cards are made with.
inline std::filesystem::path subject_secret_of(const config::Config& config) {
    return config.result.subject_secret.empty() ? state_folder(config) / "subject-secret"
                                                : config.result.subject_secret;
}

} // namespace kaomon::wiring
