// How alike two faces are shows in nothing but yes or no: neither in what a caller hears, nor in how long it
// takes.
#include "tests/daemon/match/templates.hpp"
#include "tests/daemon/session/other_methods.hpp"

#include <numeric>

namespace kaomon::session {
namespace {

class ScoreSecrecy : public OtherMethods {
  protected:
    // Everything a caller hears of a visit in which the live face is so far from the card's, in degrees;
    // without what is drawn at random for each session.
    std::vector<std::string> heard_at(double degrees) {
        make_desk(Suspicions(600s));
        updates_.clear();
        begin();
        put_card();
        card(free_data());
        card(genuine());
        face(ReferenceReady{match::at_angle(0)});
        for (const Reason hint : {Reason::face_too_far, Reason::hold_still})
            face(FaceHint{hint});
        face(FaceReady{match::at_angle(degrees), live_feed()});
        if (last().state == State::waiting_method) {
            EXPECT_TRUE(desk_->cancel(last().session, 1000, Reason::cancelled));
            turn();
        }
        std::vector<std::string> heard;
        for (const Update& one : updates_) {
            std::string text(word(one.state));
            text.append(" ").append(one.hint ? word(*one.hint) : "-");
            text.append(" ").append(one.verdict ? word(one.verdict->reason) : "-");
            text.append(" ").append(one.retry_after ? "retry" : "-");
            for (const Method method : one.methods)
                text.append(" ").append(word(method));
            heard.push_back(std::move(text));
        }
        auto said = claims();
        said.jti.clear();
        said.audit.reset(); // its place in the record is its own, too
        heard.push_back(result::to_json(said));
        return heard;
    }
};

TEST_F(ScoreSecrecy, CloseAndFarImpostorsHearTheSame) {
    for (const auto& methods :
         {std::vector{Method::face}, {Method::face, Method::pin, Method::visual_check}}) {
        methods_ = methods;
        const auto farthest = heard_at(180);
        EXPECT_TRUE(farthest.back().contains("no_match"));
        // normal's threshold is a cosine of 0.392: 66.9 degrees
        for (const double degrees : {67.0, 67.5, 68.0, 70.0, 75.0, 80.0, 90.0, 120.0, 150.0})
            EXPECT_EQ(heard_at(degrees), farthest) << degrees;
        EXPECT_NE(heard_at(66), farthest) << "and this is a match";
    }
}

// The medians of two thousand decisions, taken in turns: one that stopped early, or looked twice at a close
// one, would take another time.
TEST_F(ScoreSecrecy, ADecisionTakesTheSameTimeForBoth) {
    const visit::DecisionRule rule{
        .comparison = {}, .policy = match::policy_of(PolicyName::normal), .required_liveness = {}};
    const card::mynumber::Genuineness card{mynumber::Check::valid, mynumber::Check::valid, {}, {}};
    const auto evidence = live_feed();
    const auto reference = match::at_angle(0);
    const std::array probes{match::at_angle(67.5), match::at_angle(150)};
    std::array<std::vector<double>, 2> times;
    for (int i = 0; i < 4000; ++i) {
        const auto which = static_cast<std::size_t>(i % 2);
        const auto begun = SteadyClock::now();
        for (int k = 0; k < 20; ++k)
            EXPECT_EQ(visit::decide(rule, card, evidence, probes[which], reference).reason, Reason::no_match);
        times[which].push_back(std::chrono::duration<double, std::micro>(SteadyClock::now() - begun).count());
    }
    for (auto& one : times)
        std::ranges::nth_element(one, one.begin() + 1000);
    EXPECT_NEAR(times[0][1000] / times[1][1000], 1, 0.1);
}

} // namespace
} // namespace kaomon::session
