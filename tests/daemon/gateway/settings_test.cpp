#include "daemon/gateway/settings.hpp"

#include <gmock/gmock.h>

namespace kaomon::gateway {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string refusal_of(std::string_view toml) {
    const auto settings = parse_settings(toml, "gateway.toml");
    return settings ? std::string() : settings.error().detail;
}

TEST(GatewaySettings, DefaultsAreWhatTheFileSays) {
    const auto settings = parse_settings(default_settings(), "gateway.toml");
    ASSERT_TRUE(settings) << settings.error().detail;
    EXPECT_EQ(settings->port, 8650);
    EXPECT_FALSE(settings->lan());
    std::string uncommented;
    const std::string text = default_settings();
    for (std::size_t at = 0, end = 0; (end = text.find('\n', at)) != std::string::npos; at = end + 1) {
        std::string line = text.substr(at, end - at);
        if (line.starts_with('#') && !line.starts_with("# "))
            line.erase(0, 1);
        uncommented += line + '\n';
    }
    EXPECT_NE(uncommented, text);
    const auto again = parse_settings(uncommented, "gateway.toml");
    ASSERT_TRUE(again) << again.error().detail;
    EXPECT_EQ(again->state, settings->state);
}

TEST(GatewaySettings, TakesEveryKey) {
    const auto settings =
        parse_settings("port = 9000\nlan_listen = \"192.0.2.5:8651\"\nlan_names = [\"desk.clinic.example\", "
                       "\"192.0.2.5\", \"2001:DB8:0::5\"]\ntls12 = true\npatient_group = \"kiosk\"\n"
                       "origins = [\"https://reception.example\"]\nstaff_group = \"staff\"\nsocket = "
                       "\"/a\"\npages = \"/b\"\nstate = \"/c\"\nrun = \"/d\"\n",
                       "x");
    ASSERT_TRUE(settings) << settings.error().detail;
    EXPECT_EQ(settings->port, 9000);
    EXPECT_EQ(settings->lan()->address, "192.0.2.5");
    EXPECT_EQ(settings->lan()->port, 8651);
    EXPECT_THAT(settings->names_in_lan(), ElementsAre("desk.clinic.example", "192.0.2.5", "2001:db8::5"));
    EXPECT_THAT(settings->origins, ElementsAre("https://reception.example"));
    EXPECT_TRUE(settings->tls12);
    EXPECT_EQ(settings->token_file("patient"), "/d/patient.token");
}

TEST(GatewaySettings, ASlipIsAnErrorWithASuggestion) {
    EXPECT_THAT(refusal_of("prot = 8650\n"), HasSubstr("did you mean \"port\"?"));
    EXPECT_THAT(refusal_of("\nlan_listn = \"\"\n"), HasSubstr("gateway.toml:2: lan_listn: unknown key"));
    EXPECT_THAT(refusal_of("port = \"8650\"\n"), HasSubstr("port: must be a whole number, 1024..65535"));
    EXPECT_THAT(refusal_of("port = 80\n"), HasSubstr("1024..65535"));
    EXPECT_THAT(refusal_of("socket = \"run/kaomon.sock\"\n"), HasSubstr("an absolute path"));
    EXPECT_THAT(refusal_of("lan_names = [\"a b\"]\n"), HasSubstr("lan_names"));
    EXPECT_THAT(refusal_of("origins = [\"http://reception.example\"]\n"), HasSubstr("origins: must be"));
    EXPECT_THAT(refusal_of("[lan]\nlisten = 1\n"), HasSubstr("lan: unknown key"));
    EXPECT_THAT(refusal_of("port = \n"), HasSubstr("not valid TOML"));
    EXPECT_THAT(refusal_of(std::string(20'000, '#')), HasSubstr("larger than 16 KiB"));
}

TEST(GatewaySettings, TheLanNeedsAnAddressAndNames) {
    EXPECT_THAT(refusal_of("lan_listen = \"desk:8651\"\n"), HasSubstr("lan_listen: must be"));
    EXPECT_THAT(refusal_of("lan_listen = \"0.0.0.0:8651\"\n"), HasSubstr("the names must be given"));
    EXPECT_THAT(refusal_of("lan_listen = \"192.0.2.5:8650\"\n"), HasSubstr("another port"));
    const auto settings = parse_settings("lan_listen = \"[2001:db8::5]:8651\"\n", "x");
    ASSERT_TRUE(settings);
    EXPECT_THAT(settings->names_in_lan(), ElementsAre("2001:db8::5"));
}

TEST(GatewaySettings, AMissingFileIsAnErrorOnceNamed) {
    EXPECT_FALSE(load_settings("/nowhere/gateway.toml"));
}

} // namespace
} // namespace kaomon::gateway
