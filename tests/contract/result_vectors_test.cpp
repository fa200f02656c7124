// The results of proto/vectors are what this daemon signs with the public test key. After a change of the
// claims: KAOMON_WRITE_VECTORS=1 contract_test --gtest_filter='ResultVectors.*' writes them anew.
#include "daemon/result/jws.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

namespace kaomon::result {
namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(KAOMON_SOURCE_DIR) / "proto/vectors";
constexpr std::int64_t signed_at = 1'796'000'000; // 2026-11-30

std::string text_of(const fs::path& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

SigningKey key() {
    char name[] = "/tmp/kaomon-vectors-XXXXXX";
    const fs::path copy = fs::path(mkdtemp(name)) / "key.pem"; // the daemon takes none that others can read
    fs::copy_file(folder / "public-test-key.pem", copy);
    chmod(copy.c_str(), 0600);
    auto loaded = SigningKey::load_or_create(copy).value();
    fs::remove_all(copy.parent_path());
    return loaded;
}

Claims verified() {
    Claims claims;
    claims.iss = "kaomon:test-vectors";
    claims.nonce = "nonce-of-a-test-vector";
    claims.iat = signed_at;
    claims.exp = signed_at + 300;
    claims.jti = "0123456789abcdef0123456789abcdef";
    claims.decision = match::Decision::verified;
    claims.method = Method::face;
    claims.reason = "match";
    claims.signature = claims.chip = card::mynumber::Check::valid;
    claims.liveness = {{"feed_frozen", liveness::Outcome::pass}, {"blink", liveness::Outcome::not_assessed}};
    claims.policy = {"normal", 0.001, "a test vector"};
    claims.models = {{"embedder", std::string(64, 'a')}};
    claims.audit = {7, std::string(64, 'b')};
    claims.subject = {SubjectKind::chip_key, "AQIDBAUGBwgJCgsMDQ4PEA", ""};
    return claims;
}

std::map<std::string, Claims> vectors() {
    std::map<std::string, Claims> all{{"verified", verified()}};
    Claims by_pin = verified();
    by_pin.method = Method::pin;
    by_pin.reason = "pin_accepted";
    by_pin.policy = {};
    by_pin.models.clear();
    by_pin.earlier = {{Method::face, "no_match"}};
    by_pin.warnings = {{"sign_in_certificate_ends_soon", "2027-01-05"}};
    by_pin.subject = {SubjectKind::sign_in_key, "EA8ODQwLCgkIBwYFBAMCAQ", "AQIDBAUGBwgJCgsMDQ4PEA"};
    all["verified-by-pin"] = by_pin;
    Claims by_staff = verified();
    by_staff.method = Method::visual_check;
    by_staff.reason = "staff_confirmed";
    by_staff.policy = {};
    by_staff.visual_check = {"hanako.s", VisualCheckReason::cannot_face_camera, signed_at};
    all["verified-by-visual-check"] = by_staff;
    Claims other = verified();
    other.decision = match::Decision::not_verified;
    other.reason = "other_person_expected";
    other.policy = {};
    other.expected = {Expected::mismatch, Expected::not_checked};
    other.subject.reset();
    all["other-person"] = other;
    Claims told = verified();
    told.aud = "orca";
    told.purpose = {"check-in", "受付のために使います。"};
    told.attributes.emplace().values = {{Attribute::name, "見本\u3000花子"},
                                        {Attribute::birth_date, "1980-02-17"},
                                        {Attribute::sex, "female"},
                                        {Attribute::address, "東京都千代田区霞が関一丁目一番地"}};
    told.attributes->consent = ConsentBy::patient;
    all["attributes"] = told;
    Claims kept = told;
    kept.attributes->values.clear();
    kept.attributes->withheld = "consent_refused";
    all["attributes-withheld"] = kept;
    Claims simulated = verified();
    simulated.simulated = {"card", "camera"};
    all["simulated"] = simulated;
    return all;
}

TEST(ResultVectors, AreWhatThisDaemonSigns) {
    const auto with = key();
    const bool write = std::getenv("KAOMON_WRITE_VECTORS") != nullptr;
    for (const auto& [name, claims] : vectors()) {
        const auto file = folder / (name + ".jws");
        const std::string jws = with.sign(claims) + "\n";
        if (write)
            std::ofstream(file) << jws;
        EXPECT_EQ(text_of(file), jws) << name;
        EXPECT_TRUE(
            check(jws.substr(0, jws.size() - 1), with.jwk_set(), {claims.nonce, signed_at, claims.aud}))
            << name;
    }
    if (write)
        std::ofstream(folder / "keys.json") << with.jwk_set() << "\n";
    EXPECT_EQ(text_of(folder / "keys.json"), with.jwk_set() + "\n");
    std::size_t files = 0;
    for (const auto& entry : fs::directory_iterator(folder))
        files += entry.path().extension() == ".jws" ? 1 : 0;
    EXPECT_EQ(files, vectors().size()) << "one that nothing here makes";
}

} // namespace
} // namespace kaomon::result
