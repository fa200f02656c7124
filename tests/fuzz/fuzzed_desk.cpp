#include "tests/fuzz/fuzzed_desk.hpp"

#include "daemon/audit/chain.hpp"
#include "tests/fuzz/passing_time.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace kaomon::fuzz {

namespace fs = std::filesystem;
namespace mynumber = card::mynumber;
using enum Reason;

namespace {

constexpr std::int64_t noon = 1'800'000'000; // 2027-01-15, seconds since 1970

// In memory where there is such a folder: a record is synced before it is given out. One for the whole
// process.
const fs::path& folder() {
    static const struct Folder {
        Folder() {
            std::string name = fs::exists("/dev/shm") ? "/dev/shm" : "/tmp";
            name += "/kaomon-fuzz-sessions-XXXXXX";
            path = mkdtemp(name.data());
        }
        ~Folder() {
            std::error_code ignored;
            fs::remove_all(path, ignored);
        }
        fs::path path;
    } made;
    return made.path;
}

const result::SigningKey& signing_key() {
    static const auto key = *result::SigningKey::load_or_create(folder() / "key.pem");
    return key;
}

std::string text_of(ByteView digits) {
    return {digits.begin(), digits.end()};
}

face::Template looking_at(std::size_t direction) {
    face::TemplateValues values;
    values.unit[direction] = 1;
    values.norm = 12;
    return face::Template(values);
}

std::vector<liveness::Evidence> evidence(bool forged) {
    using enum liveness::Kind;
    std::vector<liveness::Evidence> all;
    for (const auto kind : {feed_black, feed_frozen, feed_repeated, feed_spliced, blink})
        all.push_back({kind, liveness::Outcome::pass, 1});
    if (forged)
        all.push_back({moire, liveness::Outcome::fail, -1});
    return liveness::all_kinds(all);
}

mynumber::Genuineness genuine(std::optional<Reason> forged = std::nullopt) {
    const auto check = forged ? mynumber::Check::not_checked : mynumber::Check::valid;
    return {check, check, mynumber::Hierarchy::simulated, forged};
}

Reason one_of(std::initializer_list<Reason> reasons, unsigned which) {
    return reasons.begin()[which % reasons.size()];
}

} // namespace

void must(bool holds, const char* property) {
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %s\n", property);
    std::abort();
}

struct FuzzedDesk::Card : session::CardSide {
    explicit Card(FuzzedDesk& of) : desk(of) {}
    void begin(std::uint64_t visit, std::optional<Date>, bool) override {
        desk.visit_ = visit;
        desk.card_begun_ = true;
        desk.free_data_ = desk.number_ = desk.pin_ = false;
    }
    void access_number(mynumber::AccessParts parts, mynumber::IdempotencyKey key,
                       std::vector<Attribute> = {}) override {
        std::string digits;
        for (const auto* part : {&parts.number, &parts.era_year, &parts.security_code})
            digits += *part ? std::string((*part)->view()) : "";
        desk.hand(digits, key);
        desk.number_ = true;
    }
    void pin(mynumber::Pin pin, mynumber::IdempotencyKey key) override {
        desk.hand(text_of(pin.digits()), key);
        desk.pin_ = true;
    }
    void end() override { desk.card_begun_ = desk.free_data_ = desk.number_ = desk.pin_ = false; }
    FuzzedDesk& desk;
};

struct FuzzedDesk::Face : session::FaceSide {
    explicit Face(FuzzedDesk& of) : desk(of) {}
    void begin(std::uint64_t) override {
        desk.face_begun_ = desk.looking_ = true;
        desk.reference_ = false;
    }
    void reference(SecretBytes) override { desk.reference_ = true; }
    void end() override { desk.face_begun_ = desk.looking_ = desk.reference_ = false; }
    FuzzedDesk& desk;
};

FuzzedDesk::FuzzedDesk() {
    restart_time();
    fs::remove(folder() / "audit.jsonl");
    session::VerificationDesk::Settings settings;
    settings.rule.policy = match::policy_of(PolicyName::normal);
    settings.rule.required_liveness = {liveness::Kind::feed_frozen};
    settings.info.methods = {Method::face, Method::pin, Method::visual_check};
    settings.info.issuer = "fuzz";
    settings.random = [] { return std::uint64_t{5}; };
    settings.now = [this] { return noon + passed_.count() / 1000; };
    desk_ = std::make_unique<session::VerificationDesk>(
        loop, std::move(settings), signing_key(),
        *audit::Log::open({.file = folder() / "audit.jsonl", .now = [] { return noon; }}));
    desk_->attach(std::make_unique<Card>(*this), std::make_unique<Face>(*this));
    service = std::make_shared<socket::Service>(socket::Service{*desk_});
    service->policy = *socket::PeerPolicy::from({.verify_users = {"1000", "1001"},
                                                 .screen_users = {"1001", "gateway/patient"},
                                                 .staff_users = {"1000:hanako.s", "0:hanako.s"},
                                                 .gateway_user = "1003"});
}

FuzzedDesk::~FuzzedDesk() {
    set_room(Room::enough);
}

void FuzzedDesk::turn() {
    loop.restart();
    while (loop.poll() > 0) {
    }
}

void FuzzedDesk::let_pass(Milliseconds time) {
    pass(time);
    passed_ += time;
    run_what_is_due(loop);
}

void FuzzedDesk::stop() {
    stopped_ = true;
    desk_->stop();
    card_begun_ = face_begun_ = looking_ = false;
}

void FuzzedDesk::trouble(unsigned which) {
    desk_->on_health(which % 2 == 0 ? std::vector<Reason>{} : std::vector{clock_invalid});
    desk_->on_stuck(which % 3 == 0 ? std::vector<Reason>{} : std::vector{reader_stuck});
}

void FuzzedDesk::note_act(const session::Caller& owner, const std::string& name, const std::string& digits) {
    acts_[mynumber::idempotency_key_of(text(owner), name).value].insert(digits);
}

void FuzzedDesk::hand(const std::string& digits, mynumber::IdempotencyKey key) {
    must(card_begun_, "a number or PIN goes to a card in a visit only");
    must(room_ == Room::enough, "no number or PIN goes to a card when nothing can be recorded");
    const auto act = acts_.find(key.value);
    must(act != acts_.end() && act->second.contains(digits),
         "a number or PIN is one that the session's owner handed in");
    must(handed_.emplace(visit_, key.value).second, "an act goes to a card once");
}

bool FuzzedDesk::on_record(const std::string& jws, const std::string& nonce) const {
    const auto now = noon + passed_.count() / 1000;
    if (!result::check(jws, service->desk.info().jwk_set, {nonce, now}))
        return false;
    std::ifstream file(folder() / "audit.jsonl");
    const std::string record(std::istreambuf_iterator<char>(file), {});
    return record.find(audit::sha256_hex(jws)) != std::string::npos;
}

void FuzzedDesk::card(unsigned event, unsigned detail) {
    using card::ReaderCondition;
    const auto mark = static_cast<std::uint8_t>(detail % 3); // which card it is
    const auto tell = [this](visit::CardEvent told) { desk_->on_card(visit_, std::move(told)); };
    switch (event % 14) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4: { // the reader tells at all times
        const auto condition = static_cast<ReaderCondition>(4 - event % 14);
        taps_ += condition == ReaderCondition::card_present && detail % 2 == 0 ? 1 : 0;
        return tell(visit::ReaderChanged{{condition, "Fuzz PCD 00 00", taps_}});
    }
    case 5:
        if (card_begun_ && !std::exchange(free_data_, true)) {
            visit::FreeDataRead read{10, mynumber::Hierarchy::simulated};
            read.known_by = {{mark}};
            read.lift_first = detail >= 6;
            if (detail % 5 == 4)
                read.warnings = {{sign_in_certificate_missing, {}}};
            tell(std::move(read));
        }
        return;
    case 6:
        if (std::exchange(number_, false))
            tell(visit::RecordRead{SecretBytes{1, 2, 3}, genuine(), mynumber::CardDigest{0xC1, mark}});
        return;
    case 7:
        if (std::exchange(number_, false))
            tell(visit::RecordRead{
                SecretBytes{1},
                genuine(one_of({photo_signature_invalid, chip_not_genuine, signer_unknown}, detail))});
        return;
    case 8:
        if (std::exchange(number_, false))
            tell(visit::AccessNumberRefused{
                {one_of({access_number_wrong, access_number_contradicts_card, idempotency_key_used,
                         card_lift_first, tries_below_minimum, card_locked, idempotency_ledger_unwritable},
                        detail),
                 {}},
                9});
        return;
    case 9:
        if (std::exchange(pin_, false))
            tell(visit::PinAnswered{genuine()});
        return;
    case 10:
        if (std::exchange(pin_, false))
            tell(visit::PinAnswered{genuine(sign_in_certificate_invalid)});
        return;
    case 11:
        if (std::exchange(pin_, false))
            tell(visit::PinRefused{{one_of({pin_wrong, card_lift_first, pin_tries_below_minimum,
                                            idempotency_key_used, card_without_pin, pin_locked, card_removed},
                                           detail),
                                    {}},
                                   2});
        return;
    case 12:
        if (card_begun_ && free_data_) {
            number_ = false;
            tell(visit::CardBack{9});
        }
        return;
    case 13:
        if (card_begun_) {
            number_ = pin_ = false;
            tell(visit::CardFailed{
                {one_of({card_error, card_removed, card_data_malformed, residence_card, card_changed},
                        detail),
                 {}}});
        }
        return;
    default:
        return;
    }
}

void FuzzedDesk::face(unsigned event, unsigned detail) {
    if (!face_begun_ || (event % 6 < 4 && !looking_))
        return;
    const auto tell = [this](visit::FaceEvent told) { desk_->on_face(visit_, std::move(told)); };
    switch (event % 6) {
    case 0:
        return tell(
            visit::FaceHint{one_of({hold_still, no_face, face_too_far, turn_left, feed_black}, detail)});
    case 1:
        return tell(visit::FaceWantsLight{});
    case 2: // the holder, another person, a forged view of the holder
        looking_ = false;
        return tell(visit::FaceReady{looking_at(detail % 3 == 1 ? 1 : 0), evidence(detail % 3 == 2)});
    case 3:
        looking_ = false;
        return tell(visit::FaceFailed{
            {one_of({camera_lost, no_camera, feed_frozen, presence_not_shown, screen_detected, feed_spliced},
                    detail),
             {}},
            evidence(detail % 6 == 4)});
    case 4:
        if (std::exchange(reference_, false))
            tell(visit::ReferenceReady{looking_at(0), detail % 2 == 0 ? evidence(false)
                                                                      : std::vector<liveness::Evidence>{}});
        return;
    case 5:
        if (std::exchange(reference_, false))
            tell(visit::ReferenceFailed{
                {one_of({photo_malformed, photo_without_face, photo_decoder_timeout}, detail), {}}});
        return;
    default:
        return;
    }
}

} // namespace kaomon::fuzz
