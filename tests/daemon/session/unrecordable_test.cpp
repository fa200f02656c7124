// What cannot be recorded is not begun: with a record that cannot be written no session begins, and no number
// and no PIN goes to a real guard's card in one that runs. The commands are counted on their way to the card.
#include "daemon/session/card_thread.hpp"
#include "drivers/card/simulated/simulated_reader.hpp"
#include "tests/daemon/session/scripted_sides.hpp"
#include "tests/drivers/card/mynumber/issued_card.hpp"

#include <sys/mount.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

namespace kaomon::session {
namespace {

namespace simulated = card::simulated;

// A reader that counts the VERIFY commands with a secret in them.
class CountingReader : public card::Reader {
  public:
    explicit CountingReader(std::atomic<int>& verifies_to) : verifies(verifies_to) {}
    card::ReaderState wait(const card::ReaderState& known, Instant until) override {
        return reader.wait(known, until);
    }
    void wake() noexcept override { reader.wake(); }
    Result<std::unique_ptr<card::CardTransaction>> open() override {
        auto opened = reader.open();
        if (!opened)
            return opened;
        return std::make_unique<Counting>(std::move(*opened), verifies);
    }

    simulated::SimulatedReader reader;
    std::atomic<int>& verifies;

  private:
    struct Counting : card::CardTransaction {
        Counting(std::unique_ptr<card::CardTransaction> to, std::atomic<int>& count_to)
            : real(std::move(to)), count(count_to) {}
        Result<SecretBytes> transmit(ByteView command) override {
            if (command.size() > 5 && command[1] == 0x20)
                ++count;
            return real->transmit(command);
        }
        ByteView atr() const noexcept override { return real->atr(); }
        std::size_t read_block() const noexcept override { return real->read_block(); }
        std::unique_ptr<card::CardTransaction> real;
        std::atomic<int>& count;
    };
};

struct NoFace : FaceSide {
    void begin(std::uint64_t) override {}
    void reference(SecretBytes) override {}
    void end() override {}
};

class Unrecordable : public testing::Test {
  protected:
    // The record's folder is a small disk of its own.
    void SetUp() override {
        if (mount("tmpfs", folder_.c_str(), "tmpfs", 0, "size=256k,mode=700") != 0)
            GTEST_SKIP() << "only root may mount a disk: " << std::strerror(errno);
        mounted_ = true;
        const auto& kind = test::of_kind("card");
        VerificationDesk::Settings settings;
        settings.rule.policy = match::policy_of(PolicyName::normal);
        settings.info.methods = {Method::face, Method::pin, Method::visual_check};
        settings.now = [] { return now; };
        desk_ = std::make_unique<VerificationDesk>(
            loop_, std::move(settings), std::move(*result::SigningKey::load_or_create(folder_ / "key.pem")),
            std::move(*audit::Log::open({.file = folder_ / "audit.jsonl"})));
        visit::CardPolicy card;
        card.trust = test::trust_of(kind);
        EXPECT_TRUE(card.sign_in_trust.add(kind.issued.jpki_authority, "issuer"));
        card.today = [] { return test::today; };
        card.now = [] { return now; };
        auto reader = std::make_unique<CountingReader>(verifies_);
        card_ = std::make_shared<simulated::Card>(kind.issued.contents);
        reader->reader.insert(card_);
        desk_->attach(
            std::make_unique<CardThread>(std::move(reader), std::move(card),
                                         [desk = desk_.get()](std::uint64_t visit, CardEvent event) {
                                             desk->on_card(visit, std::move(event));
                                         }),
            std::make_unique<NoFace>());
    }
    Unrecordable() {
        char name[] = "/tmp/kaomon-unrecordable-XXXXXX";
        folder_ = mkdtemp(name);
    }
    ~Unrecordable() override {
        desk_.reset();
        if (mounted_) {
            while (umount2(folder_.c_str(), MNT_DETACH) == 0) {
            }
        }
        std::filesystem::remove_all(folder_);
    }

    void fill_the_disk() const {
        std::ofstream filler(folder_ / "filler");
        filler << std::string(std::size_t{1} << 20, 'x') << std::flush;
    }
    void make_room() const { std::filesystem::remove(folder_ / "filler"); }
    void make_read_only() const {
        ASSERT_EQ(mount(folder_.c_str(), folder_.c_str(), nullptr, MS_BIND, nullptr), 0);
        ASSERT_EQ(mount(nullptr, folder_.c_str(), nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr), 0);
    }
    void make_writable() const { ASSERT_EQ(umount2(folder_.c_str(), MNT_DETACH), 0); }

    std::expected<SessionId, Refusal> begin(Method method) {
        Request request;
        request.nonce = "a-nonce-of-the-caller";
        request.methods = {method};
        request.caller = 1000;
        updates_.clear();
        return desk_->begin(std::move(request), [this](const Update& update) { updates_.push_back(update); });
    }
    void until(State state) {
        for (const auto end = SteadyClock::now() + 20s;
             SteadyClock::now() < end && (updates_.empty() || updates_.back().state != state);) {
            loop_.restart();
            loop_.run_for(5ms);
        }
        ASSERT_FALSE(updates_.empty());
        EXPECT_EQ(updates_.back().state, state);
    }
    Provision entry(Method method, std::string_view digits) {
        Provision given;
        given.idempotency_key = "act-" + std::to_string(++acts_);
        if (method == Method::pin)
            given.pin = SecretText(digits);
        else
            given.access_number = test::number(digits);
        return given;
    }
    bool in_status(Reason why) const {
        const auto troubles = desk_->status().troubles;
        return std::ranges::find(troubles, why) != troubles.end();
    }
    void expect_refused(Method method) {
        const auto id = begin(method);
        ASSERT_FALSE(id);
        EXPECT_EQ(id.error().reason, Reason::audit_unwritable);
        EXPECT_TRUE(in_status(Reason::audit_unwritable));
        loop_.restart();
        loop_.run_for(200ms);
        EXPECT_EQ(verifies_, 0) << "a try went for what nobody will know of";
    }
    void expect_healed() { // without a restart
        ASSERT_TRUE(begin(Method::pin));
        EXPECT_FALSE(in_status(Reason::audit_unwritable));
        until(State::waiting_method);
        EXPECT_TRUE(desk_->provide(updates_.back().session, 1000, entry(Method::pin, test::pin)));
        until(State::concluded);
        EXPECT_EQ(updates_.back().verdict->reason, Reason::pin_accepted);
        EXPECT_TRUE(updates_.back().result);
        EXPECT_EQ(verifies_, 1) << "the count works";
    }

    static constexpr std::int64_t now =
        std::chrono::sys_days{test::today}.time_since_epoch() / std::chrono::seconds(1) + 3 * 3600;
    std::filesystem::path folder_;
    bool mounted_ = false;
    boost::asio::io_context loop_;
    std::vector<Update> updates_;
    int acts_ = 0;
    std::atomic<int> verifies_ = 0;
    std::shared_ptr<simulated::Card> card_;
    std::unique_ptr<VerificationDesk> desk_;
};

TEST_F(Unrecordable, OnAFullDiskNoSessionBegins) {
    fill_the_disk();
    expect_refused(Method::face);
    expect_refused(Method::pin);
    make_room();
    expect_healed();
}

// The room was kept when the session began.
TEST_F(Unrecordable, ADiskThatFillsUpMeanwhileTakesTheRecordAllTheSame) {
    const auto id = begin(Method::pin);
    ASSERT_TRUE(id);
    until(State::waiting_method);
    fill_the_disk();
    EXPECT_TRUE(desk_->provide(*id, 1000, entry(Method::pin, test::pin)));
    until(State::concluded);
    EXPECT_EQ(updates_.back().verdict->reason, Reason::pin_accepted);
    EXPECT_TRUE(updates_.back().result);
    std::ifstream file(folder_ / "audit.jsonl");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    EXPECT_NE(text.find("pin_accepted"), std::string::npos) << "the try is on record";
    verifies_ = 0;
    expect_refused(Method::pin); // and nothing is begun after it
}

// Wrong ones, right ones, and new sessions: none arrives at the card.
TEST_F(Unrecordable, InAReadOnlyFolderNothingIsSentToTheCard) {
    for (const auto& [method, waits, right, wrong] :
         {std::tuple{Method::face, State::waiting_access_number, test::access_number, "55021720352286"},
          std::tuple{Method::pin, State::waiting_method, test::pin, "9999"}}) {
        SCOPED_TRACE(word(method));
        const auto id = begin(method);
        ASSERT_TRUE(id) << word(id.error().reason);
        until(waits);
        make_read_only();
        for (const std::string_view digits : {std::string_view(wrong), std::string_view(right)}) {
            (void)desk_->provide(*id, 1000, entry(method, digits)); // or the session is over
            loop_.restart();
            loop_.run_for(200ms);
        }
        until(State::concluded);
        ASSERT_TRUE(updates_.back().verdict);
        EXPECT_EQ(updates_.back().verdict->reason, Reason::audit_unwritable);
        expect_refused(method);
        make_writable();
    }
    expect_healed();
}

} // namespace
} // namespace kaomon::session
