// What the desk has counted, after sessions with scripted sides.
#include "tests/daemon/session/scripted_sides.hpp"

namespace kaomon::session {
namespace {

class DeskMetricsTest : public VerificationDeskTest {
  protected:
    bool counted(const std::string& line) const {
        return ("\n" + desk_->metrics()).find("\n" + line + "\n") != std::string::npos;
    }
    static std::string of(const std::string& name, const std::string& labels) {
        return name + "{issuer=\"" + issuer_ + "\"" + (labels.empty() ? "" : "," + labels) + "}";
    }
    static constexpr const char* issuer_ = "test";
};

TEST_F(DeskMetricsTest, NothingIsCountedBeforeTheFirstPatient) {
    const auto text = desk_->metrics();
    EXPECT_EQ(text.find("kaomon_sessions_total{"), std::string::npos) << text;
    EXPECT_TRUE(counted(of("kaomon_session_running", "") + " 0")) << text;
}

TEST_F(DeskMetricsTest, AVerifiedPatientIsCounted) {
    until_looking();
    EXPECT_TRUE(counted(of("kaomon_session_running", "") + " 1"));
    face(FaceReady{looking_at(0), live_feed()});
    const auto text = desk_->metrics();
    EXPECT_TRUE(
        counted(of("kaomon_sessions_total", R"(decision="verified",reason="match",method="face")") + " 1"))
        << text;
    EXPECT_TRUE(counted(of("kaomon_session_seconds_count", R"(decision="verified")") + " 1")) << text;
    EXPECT_TRUE(counted(of("kaomon_card_entries_total", R"(secret="access_number",outcome="taken")") + " 1"))
        << text;
    for (const char* state :
         {"waiting_card", "reading_card", "reading_photo", "preparing_reference", "capturing_face"})
        EXPECT_TRUE(counted(of("kaomon_stage_seconds_count", std::string("state=\"") + state + "\"") + " 1"))
            << state << text;
}

// No score, no number, no id of a session: what differs between two people's visits is time alone.
TEST_F(DeskMetricsTest, ScoresAndIdsAreNotInIt) {
    until_looking();
    const std::string session = last().session;
    face(FaceReady{looking_at(0), live_feed()});
    const auto text = desk_->metrics();
    EXPECT_EQ(text.find(session), std::string::npos);
    for (const char* word : {"score", "nonce", "holder"})
        EXPECT_EQ(text.find(word), std::string::npos) << word;
}

TEST_F(DeskMetricsTest, AWrongNumberIsATryGone) {
    const auto id = begin(std::nullopt);
    put_card();
    card(free_data());
    ASSERT_TRUE(desk_->provide(*id, 1000, with_number()));
    card(AccessNumberRefused{{Reason::access_number_wrong, ""}, 9});
    reader(card::ReaderCondition::no_card);
    put_card();
    card(CardBack{9});
    const auto text = desk_->metrics();
    EXPECT_TRUE(counted(of("kaomon_card_entries_total", R"(secret="access_number",outcome="wrong")") + " 1"))
        << text;
}

TEST_F(DeskMetricsTest, FaultsOfReaderAndCameraAreCountedWhenTheyAreMet) {
    begin();
    reader(card::ReaderCondition::no_reader);
    reader(card::ReaderCondition::no_reader);
    const auto text = desk_->metrics();
    EXPECT_TRUE(counted(of("kaomon_device_faults_total", R"(reason="no_reader")") + " 1")) << text;
    EXPECT_TRUE(counted(of("kaomon_trouble", R"(reason="no_reader")") + " 1")) << text;
}

TEST_F(DeskMetricsTest, WhoWasTurnedAwayIsCounted) {
    begin();
    EXPECT_FALSE(begin());
    EXPECT_TRUE(counted(of("kaomon_sessions_refused_total", R"(reason="busy")") + " 1")) << desk_->metrics();
}

} // namespace
} // namespace kaomon::session
