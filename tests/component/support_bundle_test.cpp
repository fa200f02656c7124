// What leaves the house for support, after visits by every method and with a log in which somebody has
// planted what it must never hold.
#include "tests/component/visit_fixture.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <regex>

namespace kaomon::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(stream), {});
}

class SupportBundle : public VisitTest {
  protected:
    std::string bundle(const std::filesystem::path& log) {
        std::string said;
        EXPECT_EQ(run({programs() / "kaomonctl", "--socket", desk->socket(), "support-bundle", "--config",
                       desk->folder() / "kaomond.toml", "--log", log, "--out", desk->folder() / "bundle.txt"},
                      &said),
                  0)
            << said;
        return bytes_of(desk->folder() / "bundle.txt");
    }
};

TEST_F(SupportBundle, HoldsWhatHelpsAndNothingOfAPerson) {
    const auto visit = desk->visit(number());
    ASSERT_EQ(visit.decision, "verified") << visit.reason;
    ASSERT_EQ(desk->visit_with("", {{{"pin", desk->pin(card)}}}).reason, "pin_accepted");
    ASSERT_EQ(desk->visit_with("", {visual_check("cannot_face_camera")}).reason, "staff_confirmed");

    const auto log = desk->folder() / "planted.log";
    const std::string face = bytes_of(Desk::holder()).substr(0, 4096);
    std::ofstream(log) << desk->daemon().log() << "holder 山田花子, number " << number() << ", " << face
                       << "\nresult " << visit.result << "\nmine 1234 5678 9012\n";
    const auto text = bundle(log);
    for (const char* part :
         {"===== system", "===== devices", "===== doctor", "===== device", "===== status", "===== figures",
          "===== configuration", "===== journal", "kaomon_sessions_total", "ready on"})
        EXPECT_THAT(text, HasSubstr(part));
    EXPECT_THAT(text, HasSubstr("socket.staff_users = (1 entries)"));
    for (const std::string& secret :
         {number(), std::string("hanako"), std::string("花子"), std::string("1234 5678"), visit.result,
          visit.result.substr(10, 40), std::string("JFIF")})
        EXPECT_THAT(text, Not(HasSubstr(secret)));
    EXPECT_FALSE(std::regex_search(desk->daemon().log(), std::regex("(pin|PIN)[^\n]*" + desk->pin(card))));
}

TEST_F(SupportBundle, OfADaemonThatIsGoneIsMadeAllTheSame) {
    std::string said;
    EXPECT_EQ(run({programs() / "kaomonctl", "--socket", "/nowhere/kaomon.sock", "support-bundle", "--config",
                   desk->folder() / "kaomond.toml", "--log", "/dev/null", "--out", "-"},
                  &said),
              0);
    EXPECT_THAT(said, HasSubstr("failed  service"));
}

} // namespace
} // namespace kaomon::test
