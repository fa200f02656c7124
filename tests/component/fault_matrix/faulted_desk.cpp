#include "tests/component/fault_matrix/faulted_desk.hpp"

#include "tests/component/fault_matrix/census.hpp"

#include <boost/json/parse.hpp>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

namespace kaomon::test {

namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

constexpr const char* disk_size = "size=4m,mode=700";
// Of [photo]: the longest budget there is. So long can preparing_reference be held.
constexpr const char* settings = "budget_ms = 2000\n";

std::string text_of(const fs::path& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

} // namespace

FaultedDesk::FaultedDesk() {
    // What was freed goes back, so that the daemon's memory says something under AddressSanitizer, too.
    setenv("ASAN_OPTIONS", "quarantine_size_mb=1:thread_local_quarantine_size_kb=64", 0);
    take_disk();
    desk_ = std::make_unique<Desk>(has_disk_ ? state_ : fs::path());
    chmod(desk_->folder().c_str(), 0710); // for the other user of flood()
    card_ = desk_->issue("card");
    const auto holder = desk_->folder() / "another.toml";
    std::ofstream(holder) << "birth_date = 1960-03-03\ncard_expiry = 2031-03-03\n";
    another_card_ = desk_->issue("another", {"--holder", holder});
    desk_->restart_daemon(Desk::other_view_of_holder(), settings, "calm");
    desk_->put(card_);
}

FaultedDesk::~FaultedDesk() {
    visit.reset();
    crowd_.clear();
    desk_.reset();
    if (has_disk_)
        umount(state_.c_str());
    std::error_code ignored;
    fs::remove_all(state_, ignored);
}

void FaultedDesk::take_disk() {
    char name[] = "/tmp/kaomon-state-XXXXXX";
    state_ = mkdtemp(name);
    has_disk_ = mount("tmpfs", state_.c_str(), "tmpfs", 0, disk_size) == 0;
}

void FaultedDesk::begin(By by) {
    json::object asks{{"deadline_ms", deadline_ms}};
    if (by == By::number_at_once)
        asks["access_number"] = json::object{{"number", desk_->number(card_)}};
    if (by == By::pin)
        asks["methods"] = json::array{"pin", "visual_check"};
    if (camera_is_dark && by != By::pin)
        desk_->camera_fault("black");
    visit = std::make_unique<RunningVisit>(desk_->socket(), std::move(asks));
}

void FaultedDesk::give_number() {
    visit->provide({{"access_number", {{"number", desk_->number(card_)}}}});
}
void FaultedDesk::give_pin() {
    visit->provide({{"pin", desk_->pin(card_)}});
}

void FaultedDesk::put_another_card() {
    desk_->replace(another_card_);
}
void FaultedDesk::put_holders_card() {
    desk_->replace(card_);
}

std::string FaultedDesk::tries_gone() const {
    std::string gone;
    for (const auto& card : {card_, another_card_}) {
        std::string said;
        run({programs() / "kaomon-simcard", "show", "--card", card, "--json"}, &said);
        const auto secrets = json::parse(said).at("secrets").as_object();
        for (const auto& [secret, tries] : {std::pair{"access_number", 10}, std::pair{"sign_in_pin", 3}}) {
            if (const auto left = secrets.at(secret).at("tries_left").as_int64(); left != tries)
                gone.append(card.filename().string() + " " + secret + " " + std::to_string(left) + " left ");
        }
    }
    return gone;
}

void FaultedDesk::restart() {
    desk_->restart_daemon(Desk::other_view_of_holder(), settings, "calm", false);
}

void FaultedDesk::signal_photo_workers(int signal) {
    for (const pid_t worker : children_of(daemon().pid()))
        ::kill(worker, signal);
}

void FaultedDesk::flood(int connections, const std::string& message) {
    const uid_t self = geteuid();
    constexpr uid_t somebody = 65'534; // "nobody"
    for (int i = 0; i < connections; ++i) {
        // the socket is the group's, and the group stays
        const bool plays = self == 0 && seteuid(somebody) == 0;
        try {
            crowd_.push_back(std::make_unique<Caller>(desk_->socket()));
            crowd_.back()->send_raw(message);
        } catch (const std::runtime_error&) { // turned away: all the same to a crowd
        }
        if (plays && seteuid(self) != 0)
            throw std::runtime_error("root again: not possible");
    }
}

void FaultedDesk::fill_disk() {
    std::ofstream filler(state_ / "filler", std::ios::binary);
    const std::array<char, 4096> block{};
    while (filler.write(block.data(), block.size()).flush()) {
    }
}
void FaultedDesk::free_disk() {
    fs::remove(state_ / "filler");
}

// A file that is open for writing keeps a disk from being mounted read-only; a mount over its own place can
// be.
void FaultedDesk::make_disk_read_only(bool read_only) {
    const char* place = state_.c_str();
    const bool done = read_only
                          ? mount(place, place, nullptr, MS_BIND, nullptr) == 0 &&
                                mount(nullptr, place, nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY, nullptr) == 0
                          : umount(place) == 0;
    if (!done)
        throw std::runtime_error("the disk cannot be mounted over itself");
}

void FaultedDesk::move_record(bool away) {
    const auto record = desk_->state() / "audit.jsonl", aside = desk_->state() / "audit.aside";
    if (away) {
        fs::rename(record, aside);
        fs::create_directory(record);
    } else {
        fs::remove(record);
        fs::rename(aside, record);
    }
}

void FaultedDesk::break_configuration(bool broken) {
    const auto file = desk_->folder() / "kaomond.toml";
    if (broken) {
        configuration_ = text_of(file);
        std::ofstream(file, std::ios::app) << "[card\n";
        daemon().signal(SIGHUP);
    } else {
        std::ofstream(file) << configuration_;
    }
}

void FaultedDesk::mark_log() {
    mark_ = daemon().log().size();
}
std::string FaultedDesk::log_since_mark() {
    return daemon().log().substr(mark_);
}

bool FaultedDesk::recover() {
    crowd_.clear();
    other_caller.reset();
    if (visit && !visit->over() && !visit->session().empty())
        visit->cancel();
    visit.reset();
    camera_is_dark = false;
    deadline_ms = 30'000;
    desk_->card_fault("clear");
    desk_->card_fault("insert");
    desk_->camera_fault("clear");
    signal_photo_workers(SIGCONT);
    return eventually([this] {
        try {
            const auto status = desk_->status();
            return status.at("card_present").as_bool() && status.at("state") == "idle" &&
                   !status.contains("reader_fault");
        } catch (const std::exception&) { // between two lives nobody listens
            return false;
        }
    });
}

} // namespace kaomon::test
