#include "proto/exit_code.hpp"
#include "tools/doctor/doctor.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>

namespace kaomon::doctor {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

struct Doctor : testing::Test {
    fs::path folder;
    Subject subject;

    Doctor() {
        char name[] = "/tmp/kaomon-doctor-XXXXXX";
        folder = mkdtemp(name);
        fs::create_directory(folder / "state");
        fs::create_directory(folder / "trust.d");
        config::Config config;
        config.audit.file = folder / "state" / "audit.jsonl";
        config.card.trust_store = folder / "trust.d";
        config.face.models = folder / "models";
        config.camera.device = "/dev/no-such-camera";
        subject.config = config;
        subject.file = folder / "kaomond.toml";
        std::ofstream(subject.file) << "# nothing\n";
        subject.socket = folder / "kaomon.sock";
    }
    ~Doctor() override { fs::remove_all(folder); }

    Finding finding(std::string_view word) const {
        for (const Finding& one : examine(subject)) {
            if (one.word == word)
                return one;
        }
        return {"absent", {}, Standing::good, {}, {}, {}};
    }
    void tell(const char* status, const char* info = "{}") {
        std::ofstream{subject.socket};
        subject.told = Told{json::parse(info).as_object(), json::parse(status).as_object()};
    }
};

TEST_F(Doctor, NothingRunsAndItSaysSo) {
    const Finding service = finding("service");
    EXPECT_EQ(service.standing, Standing::failed);
    EXPECT_NE(service.ask.en.find("systemctl restart kaomond"), std::string::npos);
    EXPECT_EQ(exit_code_of(examine(subject)), exit_unreachable);
}

TEST_F(Doctor, WhoMayNotAskDoesNotKnowWhetherItRuns) {
    if (geteuid() == 0)
        GTEST_SKIP() << "root may always";
    std::ofstream{subject.socket};
    ASSERT_EQ(chmod(subject.socket.c_str(), 0), 0);
    EXPECT_EQ(finding("rights").standing, Standing::failed);
    EXPECT_EQ(finding("service").standing, Standing::not_checkable);
}

TEST_F(Doctor, WhatTheDeviceReportsIsAFinding) {
    tell(
        R"({"state":"idle","troubles":[{"word":"audit_unwritable","ja":"監査記録を書けません。","en":"cannot be written"}]})",
        R"({"warnings":["no population file"]})");
    EXPECT_EQ(finding("service").standing, Standing::good);
    const Finding trouble = finding("trouble");
    EXPECT_EQ(trouble.standing, Standing::failed);
    EXPECT_EQ(trouble.seen.en, "cannot be written (audit_unwritable)");
    EXPECT_EQ(finding("warning").standing, Standing::attention);
}

TEST_F(Doctor, TheGatewayIsLookedAtWhereThereIsOne) {
    EXPECT_EQ(finding("gateway").word, "absent");
    gateway::Settings settings;
    settings.pages = folder / "pages";
    subject.gateway = Gateway{settings, {}};
    EXPECT_EQ(finding("gateway").standing, Standing::failed);
    EXPECT_NE(finding("gateway").ask.en.find("systemctl restart kaomon-gateway"), std::string::npos);
    EXPECT_EQ(finding("pages").standing, Standing::failed);
    EXPECT_EQ(finding("speech").standing, Standing::attention);
    subject.gateway->health = 503;
    EXPECT_EQ(finding("gateway").seen.en, "does not reach kaomond");
    subject.gateway->health = 200;
    EXPECT_EQ(finding("gateway").standing, Standing::good);
    fs::create_directories(folder / "pages/assets/speech");
    std::ofstream(folder / "pages/patient.html") << "<!doctype html>";
    std::ofstream(folder / "pages/assets/speech/index.json") << R"({"en":["done"]})";
    EXPECT_EQ(finding("pages").standing, Standing::good);
    EXPECT_EQ(finding("speech").standing, Standing::attention) << "not in the patient's language";
    std::ofstream(folder / "pages/assets/speech/index.json") << R"({"ja":["done"]})";
    EXPECT_EQ(finding("speech").standing, Standing::good);
    subject.gateway->settings = fail(Reason::config_invalid, "gateway.toml:3: port: a whole number");
    EXPECT_EQ(finding("gateway_config").standing, Standing::failed);
}

TEST_F(Doctor, TheReaderIsAsTheDaemonSeesIt) {
    tell(R"({"state":"idle","reader":"ACS ACR39U"})");
    EXPECT_EQ(finding("reader").standing, Standing::good);
    EXPECT_EQ(finding("reader").seen.en, "ACS ACR39U");
    tell(
        R"({"state":"idle","reader":"","reader_fault":{"word":"no_reader","ja":"","en":"no PC/SC reader"}})");
    EXPECT_EQ(finding("reader").standing, Standing::failed);
    EXPECT_EQ(finding("reader").seen.en, "no PC/SC reader (no_reader)");
}

TEST_F(Doctor, AnInstallationWithoutKeysAndModelsIsSaid) {
    const Finding trust = finding("trust_store");
    EXPECT_EQ(trust.standing, Standing::failed);
    EXPECT_NE(trust.ask.en.find((folder / "trust.d").string()), std::string::npos);
    EXPECT_EQ(finding("sign_in_trust").standing, Standing::attention);
    EXPECT_EQ(finding("models").standing, Standing::failed);
    EXPECT_EQ(finding("disk").standing, Standing::good);
    EXPECT_EQ(finding("configuration").standing, Standing::good);
    EXPECT_EQ(finding("file_modes").standing, Standing::good);
    ASSERT_EQ(chmod(subject.file.c_str(), 0666), 0);
    EXPECT_NE(finding("file_modes").seen.en.find("chmod go-w"), std::string::npos);
}

TEST_F(Doctor, AWrongConfigurationIsNamedAndTheRestIsNotGuessed) {
    subject.config = fail(Reason::config_invalid, "kaomond.toml:3: card.min_tries: 1 to 10");
    const Finding configuration = finding("configuration");
    EXPECT_EQ(configuration.standing, Standing::failed);
    EXPECT_NE(configuration.seen.en.find("kaomond.toml:3"), std::string::npos);
    EXPECT_EQ(finding("camera").word, "absent");
}

TEST_F(Doctor, ACameraThatIsNotThereIsSaidAndOneInUseIsLeftAlone) {
    EXPECT_EQ(finding("camera").standing, Standing::failed);
    subject.config->camera.source = camera::Source::simulated; // is always there, and opened by nobody here
    tell(R"({"state":"capturing_face"})");
    EXPECT_EQ(finding("picture").standing, Standing::not_checkable);
}

TEST_F(Doctor, TheExitCodeIsThatOfWhatEverythingElseRestsOn) {
    const auto of = [](std::vector<std::pair<const char*, Standing>> said) {
        std::vector<Finding> findings;
        for (const auto& [word, standing] : said)
            findings.push_back({word, {}, standing, {}, {}, {}});
        return exit_code_of(findings);
    };
    using enum Standing;
    EXPECT_EQ(of({{"service", good}, {"picture", good}}), exit_ok);
    EXPECT_EQ(of({{"service", good}, {"clock", not_checkable}}), exit_ok);
    EXPECT_EQ(of({{"clock", attention}}), exit_findings);
    EXPECT_EQ(of({{"reader", failed}, {"clock", failed}}), exit_no_device);
    EXPECT_EQ(of({{"picture", failed}, {"service", failed}}), exit_unreachable);
}

} // namespace
} // namespace kaomon::doctor
