// Pages on this computer.
#include "tests/daemon/gateway/running_gateway.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

namespace kaomon::gateway::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Server, GivesThePagesAndNothingElse) {
    const RunningGateway gateway;
    auto client = gateway.client();
    const auto page = client.get("/patient", gateway.host());
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.body, "<!doctype html><title>patient</title>");
    EXPECT_THAT(page.head,
                AllOf(HasSubstr("Content-Type: text/html; charset=utf-8\r\n"),
                      HasSubstr("Content-Security-Policy: default-src 'none'; script-src 'self';"),
                      HasSubstr("frame-ancestors 'none'\r\n"), HasSubstr("Cache-Control: no-store\r\n"),
                      HasSubstr("X-Content-Type-Options: nosniff\r\n"),
                      HasSubstr("Cross-Origin-Resource-Policy: same-origin\r\n"),
                      HasSubstr("Connection: keep-alive\r\n")));
    const auto module = client.get("/assets/screen.mjs?2", gateway.host());
    EXPECT_EQ(module.status, 200) << "on the same connection";
    EXPECT_THAT(module.head, HasSubstr("Content-Type: text/javascript; charset=utf-8\r\n"));
    const auto head = client.get("/staff", gateway.host(), {}, "HEAD");
    EXPECT_EQ(head.status, 200);
    EXPECT_THAT(head.head, HasSubstr("Content-Length: 35\r\n"));
    EXPECT_EQ(client.get("/assets/../patient.html", gateway.host()).status, 404);
    for (const char* path : {"/", "/patient.html", "/assets/", "/assets/no.js", "/pair", "//patient",
                             "/assets/%2e%2e/patient.html", "/varlinks"})
        EXPECT_EQ(gateway.client().get(path, gateway.host()).status, 404) << path;
}

TEST(Server, RefusesOtherMethodsInOneSentence) {
    const RunningGateway gateway;
    for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE", "PATCH"}) {
        const auto reply = gateway.client().get("/patient", gateway.host(), {}, method);
        EXPECT_EQ(reply.status, 405) << method;
        EXPECT_THAT(reply.body, AllOf(HasSubstr(R"("error":"method_not_allowed")"), HasSubstr(R"("ja":")")));
    }
    EXPECT_EQ(gateway.client().get("/varlink", gateway.host()).status, 426);
}

TEST(Server, AnswersOnlyToItsOwnName) {
    const RunningGateway gateway;
    const auto with = [&](const std::string& host) { return gateway.client().get("/patient", host).status; };
    const std::string port = ':' + std::to_string(gateway.port);
    EXPECT_EQ(with("localhost" + port), 200);
    EXPECT_EQ(with("[::1]" + port), 200);
    EXPECT_EQ(with("127.0.0.1"), 403);
    EXPECT_EQ(with("rebound.example" + port), 403);
    EXPECT_EQ(with("127.0.0.1" + port + "\r\nHost: rebound.example"), 400);
    EXPECT_EQ(gateway.client().http("GET /patient HTTP/1.1\r\n\r\n").status, 400);
    EXPECT_EQ(
        gateway.client().get("/patient", gateway.host(), "Origin: https://elsewhere.example\r\n").status,
        403);
    if (WebClient six(gateway.port, std::nullopt, "::1"); six.connected()) { // a machine may have no IPv6
        EXPECT_EQ(six.get("/patient", "[::1]" + port).status, 200);
    }
}

TEST(Server, CarriesAPagesCallsAndSaysWhoCalls) {
    const RunningGateway gateway;
    auto page = gateway.page("patient");
    EXPECT_THAT(page.say(R"({"method":"org.kaomon.Screen.Attach","more":true})"),
                HasSubstr(R"("method":"org.kaomon.Screen.Attach")"));
    auto staff = gateway.page("staff");
    staff.say(R"({"method":"org.kaomon.Staff.Follow","more":true})");
    EXPECT_THAT(gateway.daemon->peers(), ElementsAre("patient", "staff"));
    EXPECT_THAT(gateway.daemon->calls(), ElementsAre(R"({"method":"org.kaomon.Screen.Attach","more":true})",
                                                     R"({"method":"org.kaomon.Staff.Follow","more":true})"));
}

TEST(Server, NamesTheProtocolAndHidesTheToken) {
    const RunningGateway gateway;
    auto client = gateway.client();
    const auto reply = client.upgrade(gateway.host(), gateway.origin(), gateway.offer("patient"),
                                      "Sec-WebSocket-Extensions: permessage-deflate\r\n");
    EXPECT_EQ(reply.status, 101);
    EXPECT_THAT(reply.head, AllOf(HasSubstr("Sec-WebSocket-Protocol: varlink\r\n"),
                                  HasSubstr("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"),
                                  Not(HasSubstr("deflate")), Not(HasSubstr("token"))));
}

TEST(Server, WantsTokenAndOwnOrigin) {
    const RunningGateway gateway;
    const auto with = [&](const std::string& origin, const std::string& offer) {
        return gateway.client().upgrade(gateway.host(), origin, offer);
    };
    std::string wrong = gateway.token("patient");
    wrong.back() = wrong.back() == 'A' ? 'B' : 'A';
    EXPECT_EQ(with(gateway.origin(), "varlink, token." + wrong).status, 401);
    EXPECT_EQ(with(gateway.origin(), "varlink").status, 401);
    EXPECT_EQ(with(gateway.origin(), "").status, 401);
    EXPECT_EQ(with(gateway.origin(), "token." + gateway.token("patient")).status, 401);
    EXPECT_EQ(with(gateway.origin(), gateway.offer("patient") + ", token.other").status, 400);
    EXPECT_EQ(with("", gateway.offer("patient")).status, 403);
    EXPECT_EQ(with("null", gateway.offer("patient")).status, 403);
    EXPECT_EQ(with("https://elsewhere.example", gateway.offer("patient")).status, 403);
    EXPECT_EQ(with("http://127.0.0.1", gateway.offer("patient")).status, 403) << "another port's page";
    EXPECT_EQ(with("http://localhost:" + std::to_string(gateway.port), gateway.offer("patient")).status, 403)
        << "not the name that was called";
    EXPECT_THAT(gateway.daemon->peers(), ElementsAre());
}

TEST(Server, KeepsTokensInFilesOfTheirOwn) {
    std::string first;
    {
        const RunningGateway gateway;
        first = gateway.token("patient");
        EXPECT_EQ(first.size(), 43U);
        EXPECT_NE(first, gateway.token("staff"));
        struct stat found{};
        ASSERT_EQ(stat(gateway.settings.token_file("patient").c_str(), &found), 0);
        EXPECT_EQ(found.st_mode & 07777U, 0640U);
    }
    const RunningGateway next;
    EXPECT_NE(first, next.token("patient"));
}

TEST(Server, AnswersItselfWhatARoleMayNotCall) {
    const RunningGateway gateway;
    auto page = gateway.page("patient");
    for (const char* method : {"org.kaomon.Device.SpeakFor", "org.kaomon.Verification.Verify",
                               "org.kaomon.Device.AcceptCamera", "org.kaomon.Staff.Follow"})
        EXPECT_THAT(page.say(std::string(R"({"method":")") + method + R"("})"),
                    HasSubstr("org.varlink.service.PermissionDenied"))
            << method;
    EXPECT_THAT(page.say(R"({"method":"org.kaomon.Screen.Preview","more":true})"), HasSubstr("Preview"));
    EXPECT_THAT(page.say(R"({"method":"org.kaomon.Device.Watch"})"), HasSubstr("Watch"))
        << "the visit goes on";
    EXPECT_EQ(gateway.daemon->calls().size(), 2U);
}

TEST(Server, ARefusalDoesNotOvertake) {
    std::promise<void> release;
    auto released = release.get_future().share();
    const RunningGateway gateway([released](const std::string& call) {
        released.wait();
        return echo(call);
    });
    auto page = gateway.page("patient");
    page.text(R"({"method":"org.kaomon.Screen.Consent"})");
    page.text(R"({"method":"org.kaomon.Staff.Follow"})");
    page.text(R"({"method":"org.kaomon.Screen.Help"})");
    EXPECT_TRUE(comes_true([&] { return !gateway.daemon->calls().empty(); }));
    release.set_value();
    EXPECT_THAT(page.next().payload, HasSubstr("Consent"));
    EXPECT_THAT(page.next().payload, HasSubstr("PermissionDenied"));
    EXPECT_THAT(page.next().payload, HasSubstr("Help"));
}

TEST(Server, SaysHowTheDaemonIs) {
    const RunningGateway gateway([](const std::string& call) -> std::vector<std::string> {
        if (call.find("GetMetrics") != std::string::npos)
            return {R"({"parameters":{"text":"kaomon_sessions_total 3\n"}})"};
        return echo(call);
    });
    const auto health = gateway.client().get("/health", gateway.host());
    EXPECT_EQ(health.status, 200);
    EXPECT_EQ(health.body, R"({"status":"ok"})");
    const auto metrics = gateway.client().get("/metrics", gateway.host());
    EXPECT_EQ(metrics.body, "kaomon_sessions_total 3\n");
    EXPECT_THAT(metrics.head, HasSubstr("Content-Type: text/plain; version=0.0.4"));
    gateway.client().get("/health", gateway.host());
    EXPECT_THAT(gateway.daemon->peers(), ElementsAre("health", "health")) << "an answer counts for a second";
}

TEST(Server, SaysThatTheDaemonIsGone) {
    RunningGateway gateway;
    auto page = gateway.page("patient");
    page.say(R"({"method":"org.kaomon.Screen.Attach","more":true})");
    gateway.daemon.reset();
    const auto last = page.next();
    EXPECT_EQ(last.close_code(), 1012);
    EXPECT_EQ(last.close_reason(), "daemon_gone");
    EXPECT_TRUE(page.ended(Milliseconds(2000)));
    EXPECT_EQ(gateway.client().get("/health", gateway.host()).status, 503);
    EXPECT_EQ(gateway.page("patient").next().close_code(), 1012);
    gateway.daemon = std::make_unique<FakeDaemon>(gateway.settings.socket);
    EXPECT_THAT(gateway.page("patient").say(R"({"method":"org.kaomon.Screen.Attach","more":true})"),
                HasSubstr("Attach"));
}

TEST(Server, TheDaemonsLastWordsComeBeforeTheEnd) {
    const RunningGateway gateway([](const std::string& call) -> std::vector<std::string> {
        return {echo(call).front(), R"({"error":"org.kaomon.Screen.Replaced"})", ""};
    });
    auto page = gateway.page("patient");
    EXPECT_THAT(page.say(R"({"method":"org.kaomon.Screen.Attach","more":true})"), HasSubstr("Attach"));
    EXPECT_THAT(page.next().payload, HasSubstr("Replaced"));
    EXPECT_EQ(page.next().close_code(), 1012);
}

TEST(Server, SaysThatItStops) {
    RunningGateway gateway;
    auto page = gateway.page("staff");
    page.say(R"({"method":"org.kaomon.Staff.Follow","more":true})");
    gateway.stop();
    EXPECT_EQ(page.next().close_code(), 1001);
    EXPECT_FALSE(gateway.client().connected());
}

} // namespace
} // namespace kaomon::gateway::testing
