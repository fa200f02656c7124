// Computers of the LAN, by TLS and with a certificate.
#include "daemon/gateway/pairing.hpp"
#include "tests/daemon/gateway/openssl.hpp"
#include "tests/daemon/gateway/running_gateway.hpp"

#include <arpa/inet.h>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

namespace kaomon::gateway::testing {
namespace {

namespace json = boost::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::uint16_t free_port() {
    const UniqueFd probe(::socket(AF_INET, SOCK_STREAM, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    bind(probe.get(), reinterpret_cast<sockaddr*>(&address), size);
    getsockname(probe.get(), reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
}

Settings with_lan(bool tls12 = false) {
    Settings settings;
    settings.lan_listen = "127.0.0.1:" + std::to_string(free_port());
    settings.lan_names = {"127.0.0.1", "desk.clinic.example"};
    settings.origins = {"https://reception.example"};
    settings.tls12 = tls12;
    return settings;
}

Time now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

struct Lan : ::testing::Test {
    explicit Lan(bool tls12 = false) : gateway({}, with_lan(tls12)) {}

    TlsFiles files(const std::string& peer = {}) const {
        TlsFiles made{.authority = gateway.settings.state / "authority.pem", .certificate = {}, .key = {}};
        if (!peer.empty()) {
            made.certificate = gateway.folder / (peer + ".pem");
            made.key = gateway.folder / (peer + ".key");
        }
        return made;
    }
    WebClient client(const TlsFiles& tls) const { return WebClient(gateway.lan_port, tls); }
    std::string host() const { return "127.0.0.1:" + std::to_string(gateway.lan_port); }
    HttpReply ask_to_pair(const std::string& code, const std::string& csr) const {
        const auto body = json::serialize(json::object{{"code", code}, {"csr", csr}});
        return client(files()).http("POST /pair HTTP/1.1\r\nHost: " + host() +
                                    "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    }
    void pair_as(const std::string& peer, Role role = Role::system) const {
        const auto code = open_pairing(gateway.settings.state, peer, role, now());
        ASSERT_TRUE(code);
        const auto reply = ask_to_pair(*code, make_request(gateway.folder, peer));
        ASSERT_EQ(reply.status, 200) << reply.body;
        std::ofstream(gateway.folder / (peer + ".pem"))
            << std::string_view(json::parse(reply.body).at("certificate").as_string());
    }
    HttpReply upgrade(WebClient& at, const std::string& origin = {}) const {
        return at.upgrade(host(), origin, "varlink");
    }

    RunningGateway gateway;
};

TEST_F(Lan, APairedComputerCallsUnderItsName) {
    pair_as("受付1");
    auto desk = client(files("受付1"));
    ASSERT_TRUE(desk.connected());
    ASSERT_EQ(upgrade(desk).status, 101) << "no browser, no origin";
    EXPECT_THAT(desk.say(R"({"method":"org.kaomon.Verification.Verify","more":true})"), HasSubstr("Verify"));
    EXPECT_THAT(desk.say(R"({"method":"org.kaomon.Screen.Attach","more":true})"),
                HasSubstr("PermissionDenied"));
    EXPECT_THAT(desk.say(R"({"method":"org.kaomon.Staff.Follow","more":true})"),
                HasSubstr("PermissionDenied"));
    EXPECT_THAT(gateway.daemon->peers(), ElementsAre("受付1"));
}

TEST_F(Lan, WithoutACertificateThereIsPairingAndHealth) {
    auto stranger = client(files());
    ASSERT_TRUE(stranger.connected());
    EXPECT_EQ(stranger.get("/health", host()).status, 200);
    EXPECT_EQ(client(files()).get("/metrics", host()).status, 401);
    EXPECT_EQ(client(files()).get("/staff", host()).status, 401);
    auto other = client(files());
    EXPECT_EQ(upgrade(other).status, 401);
    EXPECT_EQ(client(files()).get("/health", "elsewhere.example").status, 403);
    auto with_token = client(files());
    EXPECT_EQ(with_token.upgrade(host(), "https://" + host(), gateway.offer("patient")).status, 401);
    EXPECT_EQ(ask_to_pair("12345678", "x").status, 403) << "no pairing is open";
    EXPECT_FALSE(gateway.client().get("/pair", gateway.host(), {}, "POST").status == 200);
}

TEST_F(Lan, AWrongCodeIsWrong) {
    const auto code = *open_pairing(gateway.settings.state, "desk", Role::system, now());
    std::string wrong = code;
    wrong[0] = wrong[0] == '9' ? '8' : '9';
    const auto csr = make_request(gateway.folder, "desk");
    const auto reply = ask_to_pair(wrong, csr);
    EXPECT_EQ(reply.status, 403);
    EXPECT_THAT(reply.body, HasSubstr("code_wrong"));
    EXPECT_EQ(ask_to_pair(code, csr).status, 200);
    EXPECT_EQ(ask_to_pair(code, csr).status, 403) << "replayed";
}

TEST_F(Lan, TheStaffsPageNeedsTheStaffsRole) {
    pair_as("desk");
    pair_as("counter", Role::staff);
    EXPECT_EQ(client(files("desk")).get("/staff", host()).status, 403);
    EXPECT_EQ(client(files("desk")).get("/metrics", host()).status, 503)
        << "the service in kaomond's place has none";
    auto counter = client(files("counter"));
    EXPECT_EQ(counter.get("/staff", host()).status, 200);
    EXPECT_EQ(client(files("counter")).get("/patient", host()).status, 403);
    auto page = client(files("counter"));
    ASSERT_EQ(upgrade(page, "https://" + host()).status, 101);
    EXPECT_THAT(page.say(R"({"method":"org.kaomon.Staff.Follow","more":true})"), HasSubstr("Follow"));
    EXPECT_THAT(page.say(R"({"method":"org.kaomon.Screen.Preview","more":true})"),
                HasSubstr("PermissionDenied"));
    auto foreign = client(files("counter"));
    EXPECT_EQ(upgrade(foreign, "https://elsewhere.example").status, 403);
    auto reception = client(files("desk"));
    EXPECT_EQ(upgrade(reception, "https://reception.example").status, 101) << "which the operator named";
}

TEST_F(Lan, WhoIsRevokedIsOutWithinASecond) {
    pair_as("desk");
    auto silent = client(files("desk")), speaking = client(files("desk"));
    ASSERT_EQ(upgrade(silent).status, 101);
    ASSERT_EQ(upgrade(speaking).status, 101);
    for (auto* one : {&silent, &speaking})
        one->say(R"({"method":"org.kaomon.Device.Watch","more":true})");
    auto peer = read_peers(gateway.settings.state)->front();
    peer.revoked = true;
    ASSERT_TRUE(write_peer(gateway.settings.state, peer));
    const auto began = SteadyClock::now();
    speaking.text(R"({"method":"org.kaomon.Verification.Verify"})");
    EXPECT_EQ(speaking.next().close_reason(), "peer_revoked");
    EXPECT_EQ(silent.next().close_reason(), "peer_revoked");
    EXPECT_LT(SteadyClock::now() - began, Milliseconds(5000)) << "a second, on a machine that may be busy";
    EXPECT_THAT(gateway.daemon->calls(), ::testing::Each(HasSubstr("Watch"))) << "the call went nowhere";
    auto again = client(files("desk"));
    EXPECT_EQ(upgrade(again).status, 403);
    EXPECT_THAT(client(files("desk")).get("/staff", host()).body, HasSubstr("certificate_revoked"));
}

TEST_F(Lan, ACertificateOfSomebodyElseEndsTheHandshake) {
    openssl({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
             "-subj", "/CN=desk", "-keyout", gateway.folder / "own.key", "-out", gateway.folder / "own.pem"});
    auto own = client(files("own"));
    const bool got_in = own.connected() && own.get("/health", host()).status == 200;
    EXPECT_FALSE(got_in);
    // the authority's own certificate is no client's
    TlsFiles stolen = files();
    stolen.certificate = gateway.settings.state / "server.pem";
    stolen.key = gateway.settings.state / "server.key";
    auto server = client(stolen);
    EXPECT_FALSE(server.connected() && server.get("/health", host()).status == 200);
}

TEST_F(Lan, IsTls13Alone) {
    TlsFiles old = files();
    old.version = TLS1_2_VERSION;
    EXPECT_FALSE(client(old).connected());
    const auto shown =
        openssl({"s_client", "-connect", host(), "-CAfile", gateway.settings.state / "authority.pem",
                 "-verify_return_error", "-verify_hostname", "desk.clinic.example", "-brief"});
    EXPECT_THAT(shown.err,
                ::testing::AllOf(HasSubstr("Protocol version: TLSv1.3"), HasSubstr("Verification: OK")));
    EXPECT_FALSE(gateway.client().get("/patient", host()).status == 200)
        << "a name of the LAN is none of this computer's";
    auto plain = WebClient(gateway.lan_port);
    EXPECT_EQ(plain.get("/health", host()).status, 0) << "no plain HTTP there";
}

TEST_F(Lan, NoSessionIsResumed) {
    const auto session = gateway.folder / "session.pem";
    const auto connect = [&](const std::string& option) {
        return openssl({"s_client", "-connect", host(), "-CAfile", gateway.settings.state / "authority.pem",
                        option, session});
    };
    EXPECT_THAT(connect("-sess_out").out, HasSubstr("New, TLSv1.3"));
    EXPECT_FALSE(std::filesystem::exists(session)) << "no ticket was given";
}

struct OldLan : Lan {
    OldLan() : Lan(true) {}
};

TEST_F(OldLan, Tls12HasForwardSecrecyAndAead) {
    TlsFiles old = files();
    old.version = TLS1_2_VERSION;
    EXPECT_EQ(client(old).get("/health", host()).status, 200);
    const auto with = [&](const std::string& suites) {
        return openssl({"s_client", "-connect", host(), "-tls1_2", "-cipher", suites, "-brief"}).err;
    };
    EXPECT_THAT(with("ECDHE-ECDSA-AES128-GCM-SHA256"),
                HasSubstr("Ciphersuite: ECDHE-ECDSA-AES128-GCM-SHA256"));
    for (const char* weak :
         {"ECDHE-ECDSA-AES128-SHA256", "ECDHE-ECDSA-AES128-SHA", "AES128-GCM-SHA256", "AES128-SHA"})
        EXPECT_THAT(with(weak), ::testing::Not(HasSubstr("Ciphersuite:"))) << weak;
    EXPECT_THAT(
        openssl({"s_client", "-connect", host(), "-tls1_1", "-cipher", "ALL:@SECLEVEL=0", "-brief"}).err,
        ::testing::Not(HasSubstr("Ciphersuite:")));
}

} // namespace
} // namespace kaomon::gateway::testing
