// Claims and a folder for the tests of results.
#pragma once

#include "daemon/result/claims.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace kaomon::result::testing {

inline Claims sample_claims() {
    Claims claims;
    claims.iss = "kaomon:test";
    claims.nonce = "n-受付-1";
    claims.iat = 1'795'000'000;
    claims.exp = claims.iat + 300;
    claims.jti = "0123456789abcdef";
    claims.decision = match::Decision::verified;
    claims.method = Method::face;
    claims.reason = "match";
    claims.signature = card::mynumber::Check::valid;
    claims.liveness = {{"feed_black", liveness::Outcome::pass},
                       {"head_turn", liveness::Outcome::not_assessed}};
    claims.policy = {"normal", 0.001, "LFW"};
    claims.models = {{"sface", std::string(64, 'a')}};
    claims.simulated = {"card", "camera"};
    return claims;
}

class Folder {
  public:
    Folder() {
        char name[] = "/tmp/kaomon-result-XXXXXX";
        path_ = mkdtemp(name);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(path_); }
    std::filesystem::path operator/(const char* name) const { return path_ / name; }
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

inline std::string read_text(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace kaomon::result::testing
