#include "daemon/gateway/authority.hpp"
#include "tests/daemon/gateway/openssl.hpp"
#include "tests/daemon/gateway/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

namespace kaomon::gateway {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::openssl;
using testing::text_of;

struct AuthorityFolder : ::testing::Test {
    Result<Authority> open(std::chrono::seconds later = {}) const {
        return Authority::open(state, names, now + later);
    }

    const testing::TemporaryFolder folder;
    const std::filesystem::path state = folder.path;
    std::vector<std::string> names{"desk.clinic.example", "192.0.2.5", "2001:db8::5"};
    const Time now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
};

TEST_F(AuthorityFolder, OpensslVerifiesTheServersCertificate) {
    ASSERT_TRUE(open());
    const std::string ca = state / "authority.pem", server = state / "server.pem";
    const auto verified = openssl({"verify", "-x509_strict", "-purpose", "sslserver", "-verify_hostname",
                                   "desk.clinic.example", "-CAfile", ca, server});
    EXPECT_EQ(verified.code, 0) << verified.out << verified.err;
    EXPECT_EQ(openssl({"verify", "-x509_strict", "-verify_ip", "192.0.2.5", "-CAfile", ca, server}).code, 0);
    EXPECT_EQ(openssl({"verify", "-x509_strict", "-verify_ip", "2001:db8::5", "-CAfile", ca, server}).code,
              0);
    EXPECT_NE(openssl({"verify", "-verify_hostname", "other.example", "-CAfile", ca, server}).code, 0);
    EXPECT_NE(openssl({"verify", "-purpose", "sslclient", "-CAfile", ca, server}).code, 0);
    EXPECT_NE(openssl({"verify", server}).code, 0) << "nobody else's word";
    EXPECT_THAT(openssl({"x509", "-noout", "-text", "-in", ca}).out,
                AllOf(HasSubstr("CA:TRUE, pathlen:0"), HasSubstr("Certificate Sign, CRL Sign"),
                      HasSubstr("NIST CURVE: P-256")));
}

TEST_F(AuthorityFolder, KeysAreTheOwnersAlone) {
    ASSERT_TRUE(open());
    for (const char* name : {"authority.key", "server.key", "authority.pem", "server.pem"}) {
        struct stat found{};
        ASSERT_EQ(stat((state / name).c_str(), &found), 0);
        EXPECT_EQ(found.st_mode & 07777U, 0600U) << name;
    }
}

TEST_F(AuthorityFolder, StaysTheSameUntilItMustChange) {
    ASSERT_TRUE(open());
    const auto ca = text_of(state / "authority.pem"), server = text_of(state / "server.pem");
    ASSERT_TRUE(open(std::chrono::days(366)));
    EXPECT_EQ(text_of(state / "server.pem"), server);
    ASSERT_TRUE(open(std::chrono::days(368)));
    EXPECT_NE(text_of(state / "server.pem"), server) << "30 days before its end";
    const auto renewed = text_of(state / "server.pem");
    names.push_back("desk2.clinic.example");
    ASSERT_TRUE(open(std::chrono::days(368)));
    EXPECT_NE(text_of(state / "server.pem"), renewed) << "another name";
    EXPECT_EQ(text_of(state / "authority.pem"), ca);
}

TEST_F(AuthorityFolder, ADamagedOneIsAnErrorAndNotReplaced) {
    ASSERT_TRUE(open());
    std::filesystem::remove(state / "authority.key");
    EXPECT_EQ(open().error().reason, Reason::key_unreadable);
    EXPECT_FALSE(std::filesystem::exists(state / "authority.key"));
    std::filesystem::copy_file(state / "server.key", state / "authority.key");
    EXPECT_EQ(open().error().reason, Reason::key_unreadable) << "another's key";
    std::ofstream(state / "authority.key") << "x";
    EXPECT_EQ(open().error().reason, Reason::key_unreadable);
    EXPECT_FALSE(Authority::open(state / "nowhere", names, now));
}

TEST_F(AuthorityFolder, APeersCertificateIsForClients) {
    const auto authority = open();
    ASSERT_TRUE(authority);
    const auto key = make_p256_key();
    const auto issued = authority->issue("受付1", key.get(), now, now + std::chrono::days(825));
    ASSERT_TRUE(issued);
    std::ofstream(state / "peer.pem") << pem_of(issued.get());
    const std::string ca = state / "authority.pem", peer = state / "peer.pem";
    EXPECT_EQ(openssl({"verify", "-x509_strict", "-purpose", "sslclient", "-CAfile", ca, peer}).code, 0);
    EXPECT_NE(openssl({"verify", "-purpose", "sslserver", "-CAfile", ca, peer}).code, 0);
    EXPECT_THAT(openssl({"x509", "-noout", "-subject", "-nameopt", "utf8", "-in", peer}).out,
                HasSubstr("CN=受付1"));
    EXPECT_EQ(serial_of(issued.get()).size(), 32U);
    EXPECT_THAT(openssl({"x509", "-noout", "-fingerprint", "-sha256", "-in", peer}).out,
                HasSubstr("sha256 Fingerprint="));
}

TEST_F(AuthorityFolder, SignsSoundRequestsAlone) {
    const auto request = [&](std::vector<std::string> algorithm) {
        return key_of_request(testing::make_request(state, "client", std::move(algorithm)));
    };
    EXPECT_TRUE(request({"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"}));
    EXPECT_TRUE(request({"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"}));
    EXPECT_TRUE(request({"-newkey", "rsa:2048"}));
    EXPECT_TRUE(request({"-newkey", "ed25519"}));
    EXPECT_FALSE(request({"-newkey", "rsa:1024"}));
    EXPECT_FALSE(request({"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:secp256k1"}));
    for (const char* text :
         {"", "x", "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n"})
        EXPECT_FALSE(key_of_request(text));
    auto pem = testing::make_request(state, "client");
    const auto at = pem.find("MI") + 60; // somewhere in its name or key: its own signature does not hold then
    pem[at] = pem[at] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(key_of_request(pem));
}

} // namespace
} // namespace kaomon::gateway
