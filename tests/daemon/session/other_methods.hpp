// A desk that knows all three methods, and the short roads to where one of them begins.
#pragma once

#include "tests/daemon/session/scripted_sides.hpp"

#include <fstream>
#include <iterator>

namespace kaomon::session {

class OtherMethods : public VerificationDeskTest {
  protected:
    explicit OtherMethods(Milliseconds card_back_within = {}) : VerificationDeskTest(card_back_within) {
        methods_ = {Method::face, Method::pin, Method::visual_check};
    }

    std::string until_no_match() {
        until_looking();
        face(FaceReady{looking_at(1), live_feed()});
        return last().session;
    }
    // Without the face: the session waits for PIN or staff as soon as the card is read.
    std::string until_waiting(std::uint8_t mark = 1) {
        methods_ = {Method::pin, Method::visual_check};
        const auto id = begin(std::nullopt);
        put_card();
        card(free_data(mark));
        return *id;
    }
    bool provide(const std::string& id, Provision provision) {
        const auto done = desk_->provide(id, 1000, std::move(provision));
        turn();
        EXPECT_TRUE(done) << (done ? "" : done.error().detail);
        return done.value_or(false);
    }
    Reason refused(const std::string& id, Provision provision) {
        const auto done = desk_->provide(id, 1000, std::move(provision));
        return done ? Reason::match : done.error().reason;
    }
    std::string audit_text() const {
        std::ifstream file(folder_ / "audit.jsonl");
        return {std::istreambuf_iterator<char>(file), {}};
    }
    void veto_of_card(std::uint8_t mark = 1) { // its chip did not answer
        methods_ = {Method::face, Method::pin, Method::visual_check};
        begin();
        put_card();
        card(free_data(mark));
        card(RecordRead{SecretBytes{1},
                        {mynumber::Check::valid, mynumber::Check::invalid, mynumber::Hierarchy::simulated,
                         Reason::chip_not_genuine}});
        EXPECT_EQ(reason(), Reason::chip_not_genuine);
    }
    void veto(Reason why, std::uint8_t mark = 1) { // a session that ends in a veto
        methods_ = {Method::face, Method::pin, Method::visual_check};
        until_looking(mark);
        face(FaceFailed{{why, ""},
                        liveness::all_kinds({{liveness::Kind::feed_repeated, liveness::Outcome::fail, -1}})});
        EXPECT_EQ(reason(), why);
        EXPECT_EQ(last().state, State::concluded) << "a veto leaves no other way";
    }
};

} // namespace kaomon::session
