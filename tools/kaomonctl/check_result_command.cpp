// kaomonctl check-result: is this signed result to be trusted, and what does it say.
#include "tools/kaomonctl/exit_codes.hpp"
#include "tools/kaomonctl/result_check.hpp"

#include <iostream>

namespace kaomon::kaomonctl {

int check_result(const Common& common, const CheckOptions& options) {
    std::string jws = options.jws;
    if (jws == "-")
        std::getline(std::cin, jws);
    while (!jws.empty() && (jws.back() == '\r' || jws.back() == ' '))
        jws.pop_back();
    const auto keys = load_keys(common, options.keys);
    if (!keys)
        return keys.error().exit_code;
    const auto claims = check_now(jws, *keys, options.nonce);
    if (!claims) {
        if (common.json) {
            print_json({{"signature", "invalid"}, {"detail", claims.error().detail}});
        } else {
            print_line(
                std::string(say(common.language, "この結果は信用できません: ", "NOT TO BE TRUSTED: ")) +
                claims.error().detail);
        }
        return exit_result_invalid;
    }
    if (common.json) {
        print_json(claims_as_json(*claims));
    } else {
        print_claims(common.language, *claims);
    }
    return exit_code_of(*claims);
}

} // namespace kaomon::kaomonctl
