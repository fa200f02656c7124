// What is offered is what can still verify: over every reason, and over all that a card can inherit.
#include "daemon/session/methods.hpp"
#include "tests/daemon/session/other_methods.hpp"

namespace kaomon::session {
namespace {

const std::vector<Method> all{Method::face, Method::pin, Method::visual_check};

class OfferedMethods : public OtherMethods {
  protected:
    // Hands the method in, with a card and staff that say yes. Whether that verified.
    bool verifies(Method method) {
        const auto id = last().session;
        const auto done = desk_->provide(id, 1000, method == Method::pin ? with_pin() : with_visual_check());
        turn();
        if (last().hint == Reason::card_lift_first)
            card(CardBack{10}); // lifted and put down
        if (done && method == Method::pin && last().state == State::checking_pin)
            card(pin_taken());
        return last().verdict && last().verdict->decision == match::Decision::verified;
    }
    bool offered(Method method) const {
        return last().state == State::waiting_method &&
               std::ranges::find(last().methods, method) != last().methods.end();
    }
    // `reach` brings a new session to where something is offered, or to its end.
    void expect_offers_hold(const std::function<void()>& reach, std::string_view what) {
        for (const Method method : {Method::pin, Method::visual_check}) {
            methods_ = all;
            reach();
            const bool promised = offered(method);
            EXPECT_EQ(verifies(method), promised) << what << ", " << word(method);
            if (last().state != State::concluded) {
                EXPECT_TRUE(desk_->cancel(last().session, 1000, Reason::cancelled));
                turn();
            }
        }
    }
    void clean_slate() { make_desk(Suspicions(600s)); }
};

TEST_F(OfferedMethods, AfterTheFaceEndedForAnyReason) {
    for (const auto& entry : reasons()) {
        expect_offers_hold(
            [&] {
                clean_slate();
                until_looking();
                face(FaceFailed{{entry.reason, ""}, liveness::all_kinds({})});
            },
            entry.word);
    }
}

TEST_F(OfferedMethods, AfterTheCardEndedForAnyReason) {
    for (const auto& entry : reasons()) {
        expect_offers_hold(
            [&] {
                clean_slate();
                begin();
                put_card();
                card(free_data());
                card(CardFailed{{entry.reason, ""}});
            },
            entry.word);
    }
}

TEST_F(OfferedMethods, AfterAPinWasRefusedForAnyReason) {
    for (const auto& entry : reasons()) {
        expect_offers_hold(
            [&] {
                clean_slate();
                const auto id = until_waiting();
                provide(id, with_pin("9999"));
                card(PinRefused{{entry.reason, ""}, 2});
            },
            entry.word);
    }
}

TEST_F(OfferedMethods, InTheSessionsAfterAVeto) {
    for (const auto& entry : reasons()) {
        if (!match::is_veto(entry.reason))
            continue;
        expect_offers_hold(
            [&] {
                clean_slate();
                until_looking();
                face(FaceFailed{{entry.reason, ""}, liveness::all_kinds({})});
                EXPECT_EQ(reason(), entry.reason);
                begin();
                put_card();
                card(free_data());
                if (last().state == State::reading_photo) { // the face is open: it does not match
                    card(genuine());
                    face(ReferenceReady{looking_at(0)});
                    face(FaceReady{looking_at(1), live_feed()});
                }
            },
            entry.word);
    }
}

TEST_F(OfferedMethods, OfACardWithoutAValidSignInCertificate) {
    for (const Reason why : {Reason::sign_in_certificate_missing, Reason::sign_in_certificate_expired,
                             Reason::sign_in_certificate_ends_soon, Reason::card_data_malformed}) {
        expect_offers_hold(
            [&] {
                methods_ = {Method::pin, Method::visual_check};
                begin(std::nullopt);
                put_card();
                auto read = free_data();
                read.warnings = {{why, {}}};
                card(std::move(read));
            },
            word(why));
    }
}

// No PIN where the guard could write no key of it, no way at all where nothing can succeed.
TEST(MethodsAfterFace, AreThoseThatCanSucceed) {
    EXPECT_EQ(methods_after_face(all, Reason::idempotency_ledger_unwritable),
              (std::vector{Method::visual_check}));
    EXPECT_EQ(methods_after_face(all, Reason::feed_frozen), (std::vector{Method::pin, Method::visual_check}))
        << "a fault of the camera says nothing of the person";
    EXPECT_TRUE(methods_after_face(all, Reason::feed_repeated).empty());
}

TEST(ClosedMethods, OfSuspicionAndThrottle) {
    const auto left = [](CardStanding card) { return without_closed(all, card, {}); };
    EXPECT_EQ(left({}), all);
    EXPECT_EQ(left({.inherited = {Reason::flat_face}}), (std::vector{Method::visual_check}));
    EXPECT_EQ(left({.inherited = {Reason::suspicion_unreadable}}), (std::vector{Method::visual_check}));
    EXPECT_EQ(left({.inherited = {Reason::chip_not_genuine}}), (std::vector{Method::face}));
    EXPECT_EQ(left({.inherited = {Reason::chip_not_genuine}, .proven = true}), all);
    EXPECT_TRUE(left({.inherited = {Reason::chip_not_genuine, Reason::flat_face}}).empty());
    EXPECT_EQ(left({.inherited = {Reason::chip_not_genuine, Reason::flat_face}, .proven = true}),
              (std::vector{Method::visual_check}));
    EXPECT_EQ(left({.throttled = Milliseconds(1)}), (std::vector{Method::pin, Method::visual_check}));
}

} // namespace
} // namespace kaomon::session
