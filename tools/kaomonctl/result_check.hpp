// Holding a signed result against keys that were there before it.
#pragma once

#include "daemon/result/jws.hpp"
#include "tools/kaomonctl/commands.hpp"

#include <expected>
#include <string>

namespace kaomon::kaomonctl {

// What keeps the keys from being there; exit code included.
struct NoKeys {
    int exit_code;
};

// The JWK set: of the file, or asked from the daemon when `file` is empty. Failures are printed.
std::expected<std::string, NoKeys> load_keys(const Common& common, const std::string& file);

// As result::check() does, against the clock of this machine.
Result<result::Claims> check_now(std::string_view jws, std::string_view keys, result::Expectation expected);

// The verdict and what stands behind it, for people.
void print_claims(Language language, const result::Claims& claims);
// {"decision","reason","message","signature":"valid","claims":{…}}: what --json ends with.
boost::json::object claims_as_json(const result::Claims& claims);
// A simulated part proves nothing of a patient: exit_result_invalid, unless that is allowed.
int exit_code_of(const result::Claims& claims, bool simulated_allowed);
inline constexpr const char* allow_simulated_option = "--allow-simulated"; // for tests
inline constexpr const char* allow_simulated_help =
    "a simulated reader, card or camera is no reason for exit code 5: for tests";

} // namespace kaomon::kaomonctl
