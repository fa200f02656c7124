// Every medium and state at the desk, end to end: the simulated card, the driver, the card thread and the
// desk; the test is the camera and the person at the desk.
#include "daemon/session/card_thread.hpp"
#include "drivers/card/simulated/simulated_reader.hpp"
#include "tests/daemon/session/scripted_sides.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"

namespace kaomon::session {
namespace {

using namespace visit;

namespace simulated = card::simulated;

// Sees the face of the card's photograph as soon as there is one to compare with.
struct FriendlyFace : FaceSide {
    explicit FriendlyFace(VerificationDesk& of) : desk(of) {}
    void begin(std::uint64_t number) override { visit = number; }
    void reference(SecretBytes) override {
        desk.on_face(visit, ReferenceReady{looking_at(0)});
        desk.on_face(visit, FaceReady{looking_at(direction), live_feed()});
    }
    void end() override {}
    VerificationDesk& desk;
    std::uint64_t visit = 0;
    int direction = 0; // another one than 0: another person
};

class Media : public testing::Test {
  protected:
    Media() {
        char name[] = "/tmp/kaomon-media-XXXXXX";
        folder_ = mkdtemp(name);
    }
    ~Media() override {
        desk_.reset();
        std::filesystem::remove_all(folder_);
    }

    // A desk that trusts the issuer of this kind of card.
    void open_desk(std::string_view kind) {
        kind_ = &test::of_kind(kind);
        desk_.reset();
        VerificationDesk::Settings settings;
        settings.rule.policy = match::policy_of(PolicyName::normal);
        settings.info.methods = {Method::face, Method::pin, Method::visual_check};
        settings.info.issuer = "test";
        settings.card_left_after = 50ms;
        settings.card_unseen_after = 50ms;
        settings.now = [] { return now; };
        desk_ = std::make_unique<VerificationDesk>(
            loop_, std::move(settings), std::move(*result::SigningKey::load_or_create(folder_ / "key.pem")),
            std::move(*audit::Log::open({.file = folder_ / "audit.jsonl"})));
        CardPolicy card;
        card.trust = test::trust_of(*kind_);
        EXPECT_TRUE(card.sign_in_trust.add(kind_->issued.jpki_authority, "issuer"));
        card.today = [] { return test::today; };
        card.now = [] { return now; };
        auto reader = std::make_unique<simulated::SimulatedReader>();
        reader_ = reader.get();
        auto face = std::make_unique<FriendlyFace>(*desk_);
        face_ = face.get();
        desk_->attach(
            std::make_unique<CardThread>(std::move(reader), std::move(card),
                                         [desk = desk_.get()](std::uint64_t visit, CardEvent event) {
                                             desk->on_card(visit, std::move(event));
                                         }),
            std::move(face));
    }
    void put(const simulated::CardOfAKind& card) {
        card_ = std::make_shared<simulated::Card>(card.issued.contents);
        reader_->insert(card_);
    }
    void begin(std::vector<Method> methods, std::optional<mynumber::AccessParts> number) {
        Request request;
        request.nonce = "a-nonce-of-the-caller-" + std::to_string(++handed_in_);
        request.methods = std::move(methods);
        request.access_number = std::move(number);
        request.caller = 1000;
        updates_.clear();
        id_ = *desk_->begin(std::move(request), [this](const Update& update) { updates_.push_back(update); });
    }
    // The number as the holder of that kind reads it off the card.
    mynumber::AccessParts number() const { return test::number(simulated::access_number(kind_->holder)); }

    // Turns the loop until it says so.
    bool until(const std::function<bool()>& done) {
        for (const auto end = SteadyClock::now() + 20s; SteadyClock::now() < end;) {
            if (done())
                return true;
            loop_.restart();
            loop_.run_for(5ms);
        }
        return done();
    }
    void until_state(State state) {
        EXPECT_TRUE(until([&] { return !updates_.empty() && updates_.back().state == state; }))
            << word(updates_.empty() ? State::idle : updates_.back().state);
    }
    void until_hint(Reason hint) {
        EXPECT_TRUE(until([&] { return !updates_.empty() && updates_.back().hint == hint; })) << word(hint);
    }
    std::string verdict() {
        until_state(State::concluded);
        if (!updates_.back().verdict)
            return "none";
        return std::string(word(updates_.back().verdict->decision)) + " " +
               std::string(word(updates_.back().verdict->reason));
    }
    void provide(Provision provision) {
        provision.idempotency_key = "act-" + std::to_string(++handed_in_);
        const auto done = desk_->provide(id_, 1000, std::move(provision));
        EXPECT_TRUE(done) << (done ? "" : word(done.error().reason));
    }
    // A whole visit by face alone, the number at hand from the start.
    std::string by_face(std::string_view kind) {
        open_desk(kind);
        put(*kind_);
        begin({Method::face}, number());
        return verdict();
    }
    // By PIN alone; what the desk says to the digits, with a visual check still open.
    std::string by_pin(std::string_view kind) {
        open_desk(kind);
        put(*kind_);
        begin({Method::pin, Method::visual_check}, {});
        until_state(State::waiting_method);
        const auto taken =
            desk_->provide(id_, 1000, {"act-" + std::to_string(++handed_in_), {}, SecretText(test::pin), {}});
        if (!taken) // the method is closed for this card: nothing is sent
            return std::string(word(taken.error().reason));
        EXPECT_TRUE(until([&] {
            return updates_.back().state == State::concluded ||
                   (updates_.back().state == State::waiting_method &&
                    updates_.back().hint != Reason::method_missing);
        }));
        return std::string(word(updates_.back().verdict
                                    ? updates_.back().verdict->reason
                                    : updates_.back().hint.value_or(Reason::method_missing)));
    }
    std::vector<mynumber::Warning> warnings() const { return updates_.back().warnings; }
    std::uint8_t tries(std::string_view application, std::uint16_t secret) const {
        const auto& files = simulated::find_application(card_->contents(), application)->files;
        return std::ranges::find(files, secret, &simulated::File::id)->tries_left;
    }

    static constexpr std::int64_t now =
        std::chrono::sys_days{test::today}.time_since_epoch() / std::chrono::seconds(1) + 3 * 3600;
    std::filesystem::path folder_;
    boost::asio::io_context loop_;
    std::vector<Update> updates_;
    std::string id_;
    int handed_in_ = 0;
    const simulated::CardOfAKind* kind_ = nullptr;
    std::shared_ptr<simulated::Card> card_;
    simulated::SimulatedReader* reader_ = nullptr; // the desk's
    FriendlyFace* face_ = nullptr;                 // the desk's
    std::unique_ptr<VerificationDesk> desk_;
};

TEST_F(Media, ByFace) {
    const std::vector<std::pair<std::string_view, std::string_view>> expected{
        {"card", "verified match"},
        {"two-bytes-first", "verified match"},
        {"no-pin", "verified match"},
        {"no-certificate", "verified match"},
        {"certificate-expired", "verified match"},
        {"certificate-ends-soon", "verified match"},
        {"pin-locked", "verified match"},
        {"pin-last-try", "verified match"},
        {"leap-day", "verified match"},
        {"period-of-stay", "verified match"},
        {"replaced-glyph", "verified match"},
        {"long-name", "verified match"},
        {"western-name", "verified match"},
        {"no-address", "verified match"},
        {"no-attributes", "verified match"},
        {"attributes-locked", "verified match"},
        {"forged-attributes", "verified match"},
        {"other-attributes", "verified match"},
        {"infant", "undecided card_without_photo"},
        {"expired", "undecided card_expired"},
        {"locked", "undecided card_locked"},
        {"low-tries", "undecided tries_below_minimum"},
        {"other-birth-date", "undecided record_contradicts_card"},
        {"other-expiry", "undecided record_contradicts_card"},
        {"unknown-issuer", "undecided signer_unknown"},
        {"forged-signature", "not_verified photo_signature_invalid"},
        {"forged-certificate", "not_verified signer_certificate_invalid"},
        {"forged-chip", "not_verified chip_not_genuine"},
        {"juki-card", "undecided juki_card"},
        {"android-phone", "undecided phone_has_no_photo"},
        {"iphone", "undecided phone_has_no_photo"},
        {"residence-card", "undecided residence_card"},
        {"drivers-licence", "undecided drivers_licence"},
        {"type-a", "undecided type_a_card"},
        {"felica", "undecided felica_card"},
        {"other-card", "undecided not_my_number_card"}};
    for (const auto& [kind, what] : expected)
        EXPECT_EQ(by_face(kind), what) << kind;
    EXPECT_EQ(expected.size(), simulated::kinds().size()) << "a kind that no desk has met";
}

TEST_F(Media, ByPin) {
    EXPECT_EQ(by_pin("card"), "pin_accepted");
    EXPECT_EQ(by_pin("infant"), "pin_accepted");
    EXPECT_EQ(by_pin("no-pin"), "card_without_pin");
    EXPECT_EQ(by_pin("certificate-expired"), "sign_in_certificate_expired");
    EXPECT_EQ(by_pin("pin-locked"), "pin_locked");
    EXPECT_EQ(by_pin("pin-last-try"), "pin_tries_below_minimum");
    EXPECT_EQ(tries(simulated::jpki_application, 0x0018), 1) << "the last try is the holder's";
    EXPECT_EQ(updates_.back().methods, std::vector<Method>{Method::visual_check});
}

TEST_F(Media, AWarningNamesTheDay) {
    by_face("certificate-ends-soon");
    EXPECT_EQ(warnings(), (std::vector<mynumber::Warning>{
                              {Reason::sign_in_certificate_ends_soon,
                               Date{std::chrono::sys_days{test::today} + std::chrono::days{30}}}}));
    by_face("certificate-expired");
    EXPECT_EQ(warnings().at(0).reason, Reason::sign_in_certificate_expired);
    by_face("no-certificate");
    EXPECT_EQ(warnings().at(0).reason, Reason::sign_in_certificate_missing);
}

TEST_F(Media, ACardWithoutPhotographLeadsToTheVisualCheck) {
    open_desk("infant");
    put(*kind_);
    begin({Method::face, Method::visual_check}, number());
    until_hint(Reason::card_without_photo);
    EXPECT_EQ(updates_.back().state, State::waiting_method);
    provide({"", {}, {}, VisualCheck{"hanako.s", VisualCheckReason::no_photo, true}});
    EXPECT_EQ(verdict(), "verified staff_confirmed");
}

TEST_F(Media, AnotherPersonGoesOnToThePinOnTheSameReading) {
    open_desk("card");
    face_->direction = 1;
    put(*kind_);
    begin({Method::face, Method::pin, Method::visual_check}, number());
    until_hint(Reason::no_match);
    const auto before = reader_->answered();
    provide({"", {}, SecretText(test::pin), {}});
    EXPECT_EQ(verdict(), "verified pin_accepted");
    EXPECT_EQ(reader_->answered() - before, 6U) << "nothing is read again";
}

TEST_F(Media, ANumberThatContradictsTheCardCostsNoTry) {
    open_desk("card");
    put(*kind_);
    begin({Method::face}, test::number("55021720362285")); // another expiry year
    EXPECT_EQ(verdict(), "undecided access_number_contradicts_card");
    begin({Method::face}, test::number("55021820352285")); // another day of birth: no one can tell
    EXPECT_EQ(verdict(), "undecided access_number_unchecked");
    EXPECT_EQ(tries(simulated::photo_application, 0x0012), 10);
}

TEST_F(Media, ALeapDayNeedsAllDigits) {
    open_desk("leap-day");
    put(*kind_);
    const std::string whole = simulated::access_number(kind_->holder);
    begin({Method::face}, test::parts(whole.substr(0, 2), whole.substr(10)));
    EXPECT_EQ(verdict(), "undecided access_number_incomplete");
    EXPECT_EQ(tries(simulated::photo_application, 0x0012), 10);
}

TEST_F(Media, ACardSwappedBetweenTwoSteps) {
    open_desk("card");
    put(*kind_);
    begin({Method::face}, {});
    until_state(State::waiting_access_number);
    simulated::CardOptions other;
    other.seed = 99; // another serial number
    const auto second =
        simulated::issue_kind("card", test::holder(), test::grey_portrait(), test::today, other).value();
    put(second); // in one move: the reader never says that it was empty
    EXPECT_TRUE(verdict() == "undecided card_changed" || verdict() == "undecided card_removed") << verdict();
    EXPECT_EQ(tries(simulated::photo_application, 0x0012), 10);
}

TEST_F(Media, ACardLiftedAndPutBackGoesOnWhereItWas) {
    open_desk("card");
    put(*kind_);
    begin({Method::face}, {});
    until_state(State::waiting_access_number);
    reader_->pull();
    until_hint(Reason::card_removed);
    reader_->insert(card_); // the same one
    until_hint(Reason::access_number_missing);
    EXPECT_EQ(tries(simulated::photo_application, 0x0012), 10);
    provide({"", number(), {}, {}});
    EXPECT_EQ(verdict(), "verified match");
    EXPECT_EQ(tries(simulated::photo_application, 0x0012), 10);
}

TEST_F(Media, ACardPulledInTheMiddle) {
    open_desk("card");
    put(*kind_);
    reader_->apply({fault::Verb::pull, {}, 30});
    begin({Method::face}, number());
    EXPECT_EQ(verdict(), "undecided card_removed");
}

TEST_F(Media, AMuteCardIsNotAnAbsentOne) {
    open_desk("card");
    put(*kind_);
    reader_->apply({fault::Verb::mute, {}, 0});
    begin({Method::face}, number());
    until_hint(Reason::card_mute);
    reader_->apply({fault::Verb::clear, {}, 0});
    EXPECT_EQ(verdict(), "verified match") << "put down again";
}

TEST_F(Media, ACardThatNobodySeesMayBeInItsSleeve) {
    open_desk("card");
    begin({Method::face}, number());
    until_hint(Reason::no_card);
    until_hint(Reason::card_not_detected);
    put(*kind_);
    EXPECT_EQ(verdict(), "verified match");
}

TEST_F(Media, ACardLeftBehindRaisesTheAlarmUntilItIsTaken) {
    EXPECT_EQ(by_face("card"), "verified match");
    EXPECT_TRUE(until([&] { return desk_->status().alarm == Reason::card_left; }));
    reader_->pull();
    EXPECT_TRUE(until([&] { return !desk_->status().alarm; }));
}

// What patient and staff read, and what engineers do.
TEST_F(Media, EveryReasonHasItsSentences) {
    for (const Reason reason :
         {Reason::card_not_detected, Reason::type_a_card, Reason::felica_card, Reason::residence_card,
          Reason::drivers_licence, Reason::juki_card, Reason::phone_has_no_photo, Reason::card_without_pin,
          Reason::record_contradicts_card}) {
        EXPECT_TRUE(describe(reason).japanese.ends_with("。")) << word(reason);
        EXPECT_FALSE(describe(reason).english.empty()) << word(reason);
    }
}

} // namespace
} // namespace kaomon::session
