// A scripted desk whose results are really signed.
#pragma once

#include "daemon/result/jws.hpp"
#include "tests/daemon/socket/served_desk.hpp"

#include <ctime>

namespace kaomon::testing {

// A made key; the desk's key set becomes its. The visit ends with what the claims say, over the caller's
// nonce.
class SigningDesk : public ServedDesk {
  public:
    SigningDesk() : key(*result::SigningKey::load_or_create(folder() / "key.pem")) {
        claims.iss = "kaomon:test";
        claims.decision = match::Decision::verified;
        claims.method = Method::face;
        claims.reason = "match";
        claims.signature = claims.chip = card::mynumber::Check::valid;
        claims.policy = {"normal", 0.001, "none: a scripted desk"};
        claims.simulated = {"card", "camera"};
        run([this](ScriptedDesk& desk) {
            desk.device.jwk_set = key.jwk_set();
            desk.sign = [this](const ScriptedDesk& at, const session::SessionId& id, match::Verdict verdict) {
                result::Claims said = claims;
                said.nonce = at.request.nonce;
                said.jti = id;
                said.iat = std::time(nullptr);
                said.exp = said.iat + 300;
                said.decision = verdict.decision;
                said.reason = word(verdict.reason);
                if (change)
                    change(said);
                return key.sign(said);
            };
        });
    }
    // The loop runs on until the base is gone: it lets go of the members first.
    ~SigningDesk() {
        run([](ScriptedDesk& desk) { desk.sign = [](const auto&...) { return std::string(); }; });
    }

    result::SigningKey key;
    result::Claims claims;
    std::function<void(result::Claims&)> change; // the last word, to make a result wrong
};

} // namespace kaomon::testing
