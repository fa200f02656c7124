// A desk with scripted sides: the test is card and camera.
#pragma once

#include "daemon/session/verification_desk.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace kaomon::session {

using namespace visit;

using namespace std::chrono_literals;
namespace mynumber = card::mynumber;

struct CardScript : CardSide {
    explicit CardScript(std::vector<std::string>& calls_to) : calls(calls_to) {}
    void begin(std::uint64_t, std::optional<Date> expected_birth = {}, bool with_pin = false) override {
        calls.emplace_back("card begin");
        pin_may_come = with_pin;
        expected = expected_birth;
    }
    void access_number(mynumber::AccessParts, mynumber::IdempotencyKey idempotency_key,
                       std::vector<Attribute> attributes = {}) override {
        calls.emplace_back("card access_number");
        wanted = std::move(attributes);
        idempotency_keys.push_back(idempotency_key.value);
    }
    void pin(mynumber::Pin pin, mynumber::IdempotencyKey idempotency_key) override {
        calls.emplace_back("card pin " + std::string(pin.digits().begin(), pin.digits().end()));
        idempotency_keys.push_back(idempotency_key.value);
    }
    void end() override { calls.emplace_back("card end"); }
    std::vector<std::string>& calls;
    std::vector<std::uint64_t> idempotency_keys;
    std::vector<Attribute> wanted;
    std::optional<Date> expected;
    bool pin_may_come = false;
};

struct FaceScript : FaceSide {
    explicit FaceScript(std::vector<std::string>& calls_to) : calls(calls_to) {}
    void begin(std::uint64_t) override { calls.emplace_back("face begin"); }
    void reference(SecretBytes) override { calls.emplace_back("face reference"); }
    void light(const capture::Light& now) override { lights.push_back(now); }
    void preview(PreviewSink sink) override { preview_to = std::move(sink); }
    void end() override { calls.emplace_back("face end"); }
    std::vector<std::string>& calls;
    std::vector<capture::Light> lights;
    PreviewSink preview_to;
};

inline face::Template looking_at(int direction) {
    face::TemplateValues values;
    values.unit[static_cast<std::size_t>(direction)] = 1;
    values.norm = 12;
    return face::Template(values);
}

inline std::vector<liveness::Evidence> live_feed() {
    std::vector<liveness::Evidence> evidence;
    for (const auto kind :
         {liveness::Kind::feed_black, liveness::Kind::feed_frozen, liveness::Kind::feed_repeated,
          liveness::Kind::feed_spliced, liveness::Kind::blink}) {
        evidence.push_back({kind, liveness::Outcome::pass, 1});
    }
    return liveness::all_kinds(evidence);
}

class VerificationDeskTest : public testing::Test {
  protected:
    // `card_back_within`: nothing, so that a card that leaves has left; card_back_test.cpp gives it time.
    explicit VerificationDeskTest(Milliseconds card_back_within = 0ms, bool light = true)
        : card_back_within_(card_back_within), light_(light) {
        char name[] = "/tmp/kaomon-desk-XXXXXX";
        folder_ = mkdtemp(name);
        make_desk(kept());
    }
    // What is on the disk, under one key.
    Suspicions kept() const { return Suspicions::open(folder_ / "suspicions", digests_, 600s, now_); }
    // As after a restart; a session that runs ends with the desk before.
    void make_desk(Suspicions suspicions, CameraCheck camera = {}) {
        desk_.reset();
        visit_ = 0;
        VerificationDesk::Settings settings;
        settings.rule.policy = match::policy_of(PolicyName::normal);
        settings.rule.required_liveness = {liveness::Kind::feed_frozen};
        settings.info.methods = {Method::face, Method::pin, Method::visual_check};
        settings.suspicions = std::move(suspicions);
        settings.camera_check = std::move(camera);
        settings.card_left_after = 50ms;
        settings.card_back_within = card_back_within_;
        settings.info.issuer = "test";
        settings.info.attributes = {Attribute::name, Attribute::address};
        settings.random = [this] { return random_; };
        settings.light = light_;
        settings.clinic = "ひまわり医院";
        settings.now = [this] { return now_; };
        desk_ = std::make_unique<VerificationDesk>(
            loop_, std::move(settings), std::move(*result::SigningKey::load_or_create(folder_ / "key.pem")),
            std::move(*audit::Log::open({.file = folder_ / "audit.jsonl"})));
        auto card_side = std::make_unique<CardScript>(calls_);
        script_ = card_side.get();
        auto face_side = std::make_unique<FaceScript>(calls_);
        face_script_ = face_side.get();
        desk_->attach(std::move(card_side), std::move(face_side));
    }
    ~VerificationDeskTest() override {
        desk_.reset();
        std::filesystem::remove_all(folder_);
    }

    void turn() {
        loop_.restart();
        loop_.poll();
    }
    void card(CardEvent event) {
        desk_->on_card(visit_, std::move(event));
        turn();
    }
    void face(FaceEvent event) {
        desk_->on_face(visit_, std::move(event));
        turn();
    }
    void put_card() { card(ReaderChanged{{card::ReaderCondition::card_present, "Test PCD 00 00", ++taps_}}); }
    void reader(card::ReaderCondition condition) {
        card(ReaderChanged{{condition, "Test PCD 00 00", taps_}});
    }
    static RecordRead genuine(std::uint8_t mark = 1) {
        return {SecretBytes{1, 2, 3},
                {mynumber::Check::valid, mynumber::Check::valid, mynumber::Hierarchy::simulated, {}},
                mynumber::CardDigest{0xC1, mark}};
    }
    static mynumber::AccessParts number() { return {SecretText("55021720352285"), {}, {}}; }

    Provision with_number(mynumber::AccessParts parts = number()) {
        return {"act-" + std::to_string(++handed_in_), std::move(parts), {}, {}};
    }
    Provision with_pin(std::string_view digits = "1234") {
        return {"act-" + std::to_string(++handed_in_), {}, SecretText(digits), {}};
    }
    Provision with_visual_check(bool confirmed = true) {
        return {"act-" + std::to_string(++handed_in_),
                {},
                {},
                VisualCheck{"hanako.s", VisualCheckReason::face_failed, confirmed}};
    }
    static FreeDataRead free_data(std::uint8_t mark = 1) {
        FreeDataRead read{10, mynumber::Hierarchy::simulated};
        read.known_by = {{mark}};
        return read;
    }
    static PinAnswered pin_taken() {
        return {{mynumber::Check::valid, mynumber::Check::valid, mynumber::Hierarchy::simulated, {}}};
    }

    std::expected<SessionId, Refusal> begin(std::optional<mynumber::AccessParts> access_number = number(),
                                            Milliseconds deadline = 10s) {
        Request request;
        request.nonce = "a-nonce-of-the-caller";
        request.access_number = std::move(access_number);
        request.methods = methods_;
        request.deadline = deadline;
        request.caller = 1000;
        auto id = desk_->begin(std::move(request), [this](const Update& update) {
            updates_.push_back(update);
            if (heard_)
                heard_(update);
        });
        if (id)
            ++visit_;
        turn();
        return id;
    }
    void until_looking(std::uint8_t mark = 1) {
        begin();
        put_card();
        card(free_data(mark));
        card(genuine(mark));
        face(ReferenceReady{looking_at(0)});
    }

    const Update& last() const { return updates_.back(); }
    Reason reason() const { return last().verdict ? last().verdict->reason : Reason::internal_error; }
    result::Claims claims() const {
        return *result::check(last().result.value_or(""), desk_->info().jwk_set,
                              {"a-nonce-of-the-caller", now_});
    }
    std::vector<State> states() const {
        std::vector<State> all;
        for (const auto& update : updates_) {
            if (all.empty() || all.back() != update.state)
                all.push_back(update.state);
        }
        return all;
    }

    Milliseconds card_back_within_;
    bool light_;
    std::filesystem::path folder_;
    mynumber::CardDigestKey digests_;
    boost::asio::io_context loop_;
    std::int64_t now_ = 1'800'000'000;
    std::vector<std::string> calls_;
    std::vector<Update> updates_;
    std::function<void(const Update&)> heard_; // called with each of them
    std::vector<Method> methods_{Method::face};
    std::uint64_t visit_ = 0, taps_ = 0;
    int handed_in_ = 0;
    CardScript* script_ = nullptr; // the desk's
    FaceScript* face_script_ = nullptr;
    std::uint64_t random_ = 5;
    std::unique_ptr<VerificationDesk> desk_;
};

} // namespace kaomon::session
