#include "daemon/gateway/pairing.hpp"
#include "tests/daemon/gateway/openssl.hpp"
#include "tests/daemon/gateway/temporary_folder.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <future>
#include <set>

namespace kaomon::gateway {
namespace {

namespace json = boost::json;
using ::testing::HasSubstr;
using ::testing::Not;

struct Pairing : ::testing::Test {
    std::string code(Role role = Role::system, const std::string& name = "受付1") const {
        return open_pairing(state, name, role, now).value_or("");
    }
    std::expected<std::string, Refusal> ask(const std::string& code, const std::string& request,
                                            std::chrono::seconds later = {}) const {
        return pair(authority, state, json::serialize(json::object{{"code", code}, {"csr", request}}),
                    now + later);
    }
    std::string wrong(std::string code) const {
        code[7] = code[7] == '0' ? '1' : '0';
        return code;
    }

    const testing::TemporaryFolder folder;
    const std::filesystem::path state = folder.path;
    const Time now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const Authority authority = std::move(*Authority::open(state, {"desk"}, now));
    const std::string csr = testing::make_request(state, "client");
};

TEST_F(Pairing, ACodeGivesOneCertificateInTheOperatorsName) {
    const auto given = code();
    EXPECT_EQ(given.size(), 8U);
    EXPECT_TRUE(pairing_is_open(state, now));
    const auto reply = ask(given, csr);
    ASSERT_TRUE(reply) << word(reply.error());
    const auto object = json::parse(*reply);
    std::ofstream(state / "peer.pem") << std::string_view(object.at("certificate").as_string());
    std::ofstream(state / "ca.pem") << std::string_view(object.at("ca").as_string());
    EXPECT_EQ(
        testing::openssl({"verify", "-purpose", "sslclient", "-CAfile", state / "ca.pem", state / "peer.pem"})
            .code,
        0);
    const auto peers = read_peers(state);
    ASSERT_EQ(peers->size(), 1U);
    EXPECT_EQ(peers->front().name, "受付1") << "not what the request says";
    EXPECT_EQ(peers->front().sha256, sha256_of(certificate_from(object.at("certificate").as_string()).get()));
    EXPECT_EQ(ask(given, csr).error(), Refusal::pairing_closed) << "replayed";
    EXPECT_EQ(read_peers(state)->size(), 1U);
}

TEST_F(Pairing, ThreeWrongCodesEndIt) {
    const auto given = code();
    for (int i = 0; i < most_wrong_codes; ++i)
        EXPECT_EQ(ask(wrong(given), csr).error(), Refusal::code_wrong);
    EXPECT_EQ(ask(given, csr).error(), Refusal::pairing_closed);
    EXPECT_FALSE(std::filesystem::exists(state / "pairing.json"));
    const auto again = code();
    EXPECT_EQ(ask(wrong(again), csr).error(), Refusal::code_wrong);
    EXPECT_EQ(ask(wrong(again), csr).error(), Refusal::code_wrong);
    EXPECT_TRUE(ask(again, csr)) << "the third may be right";
}

TEST_F(Pairing, EndsAfterTenMinutes) {
    const auto given = code();
    EXPECT_EQ(ask(given, csr, std::chrono::seconds(600)).error(), Refusal::pairing_closed);
    EXPECT_EQ(ask(given, csr, std::chrono::seconds(-1)).error(), Refusal::pairing_closed)
        << "the clock was set back";
    EXPECT_TRUE(ask(given, csr, std::chrono::seconds(599)));
    EXPECT_EQ(ask(given, csr).error(), Refusal::pairing_closed);
}

TEST_F(Pairing, ANewOneTakesThePlaceOfTheOld) {
    const auto first = code();
    const auto second = code(Role::staff, "受付2");
    if (first != second) {
        EXPECT_EQ(ask(first, csr).error(), Refusal::code_wrong);
    }
    ASSERT_TRUE(ask(second, csr));
    EXPECT_EQ(read_peers(state)->front().role, Role::staff);
}

TEST_F(Pairing, TheCodeIsInNoFile) {
    const auto given = code();
    struct stat found{};
    ASSERT_EQ(stat((state / "pairing.json").c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 07777U, 0600U);
    EXPECT_THAT(testing::text_of(state / "pairing.json"), Not(HasSubstr(given)));
    std::set<std::string> different;
    for (int i = 0; i < 5; ++i)
        different.insert(code());
    EXPECT_GT(different.size(), 1U);
}

TEST_F(Pairing, ATryIsWrittenDownBeforeItIsCompared) {
    const auto given = code();
    ASSERT_EQ(ask(given, "no request").error(), Refusal::csr_refused)
        << "a right code with a bad request is a try";
    EXPECT_THAT(testing::text_of(state / "pairing.json"), HasSubstr(R"("wrong":1)"));
    std::filesystem::permissions(state,
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_exec);
    if (geteuid() != 0) { // root writes all the same
        EXPECT_EQ(ask(given, csr).error(), Refusal::internal_error);
    }
    std::filesystem::permissions(state, std::filesystem::perms::owner_all);
    EXPECT_TRUE(ask(given, csr));
}

TEST_F(Pairing, GivesAPackageForWindows) {
    const auto given = code();
    const auto with = [&](const std::string& password) {
        return pair(authority, state, json::serialize(json::object{{"code", given}, {"password", password}}),
                    now);
    };
    EXPECT_EQ(with("short").error(), Refusal::password_short);
    EXPECT_EQ(with(std::string(200, 'x')).error(), Refusal::password_short);
    const auto reply = with("a long password");
    ASSERT_TRUE(reply) << word(reply.error());
    std::ofstream(state / "peer.b64")
        << std::string_view(json::parse(*reply).at("pkcs12").as_string()) << '\n';
    ASSERT_EQ(
        testing::openssl({"base64", "-d", "-A", "-in", state / "peer.b64", "-out", state / "peer.p12"}).code,
        0);
    const auto shown =
        testing::openssl({"pkcs12", "-in", state / "peer.p12", "-nodes", "-passin", "pass:a long password"});
    EXPECT_EQ(shown.code, 0) << shown.err;
    EXPECT_THAT(shown.out, ::testing::AllOf(HasSubstr("BEGIN PRIVATE KEY"), HasSubstr("BEGIN CERTIFICATE")));
    EXPECT_NE(testing::openssl({"pkcs12", "-in", state / "peer.p12", "-nodes", "-passin", "pass:other"}).code,
              0);
}

TEST_F(Pairing, MalformedBodiesSpendNoTry) {
    const auto given = code();
    for (const std::string& body : {std::string(), std::string("{"), std::string("[]"),
                                    "{\"code\":\"" + given + "\"}", std::string(R"({"code":1,"csr":"x"})"),
                                    "{\"code\":\"" + given + R"(","csr":"x","password":"12345678"})",
                                    "{\"code\":\"" + given + R"(","csr":["x"]})",
                                    "{\"code\":\"" + given + R"(","csr":"x","name":"other"})"})
        EXPECT_EQ(pair(authority, state, body, now).error(), Refusal::request_malformed) << body;
    EXPECT_THAT(testing::text_of(state / "pairing.json"), HasSubstr(R"("wrong":0)"));
}

TEST_F(Pairing, ADamagedFileIsNoPairing) {
    for (const char* text :
         {"", "{", R"({"name":"x","role":"patient","ends":1,"wrong":0,"salt":"a","hash":"b"})",
          R"({"name":"x","role":"system","ends":99999999999,"wrong":0,"salt":"a","hash":"b"})"}) {
        std::ofstream(state / "pairing.json") << text;
        EXPECT_EQ(ask("12345678", csr).error(), Refusal::pairing_closed) << text;
    }
    EXPECT_FALSE(open_pairing(state, "patient", Role::system, now));
    EXPECT_FALSE(open_pairing(state, "x", Role::patient, now));
}

} // namespace
} // namespace kaomon::gateway
