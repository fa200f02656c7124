// A whole desk on real parts to which things happen: what faults and stages of a visit are made of.
#pragma once

#include "tests/component/desk.hpp"
#include "tests/component/fault_matrix/running_visit.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kaomon::test {

// Where root runs it, key, record and ledger are on a small disk of their own (`has_disk`).
class FaultedDesk {
  public:
    FaultedDesk();
    ~FaultedDesk();
    FaultedDesk(const FaultedDesk&) = delete;
    FaultedDesk& operator=(const FaultedDesk&) = delete;

    Desk& desk() { return *desk_; }
    bool has_disk() const noexcept { return has_disk_; }

    // The visit: of the holder, by the face, or by PIN and visual check; ends at `deadline_ms`.
    enum class By : std::uint8_t { number_at_once, number_later, pin };
    void begin(By by);
    std::unique_ptr<RunningVisit> visit; // none: between two of them
    int deadline_ms = 30'000;
    bool camera_is_dark = false; // so that it has not seen enough before the fault meets it
    void give_number();
    void give_pin();

    // The card
    void put_another_card();
    void put_holders_card();
    const std::filesystem::path& card() const { return card_; }
    // Of all cards: tries that are gone, by card and secret; empty: none.
    std::string tries_gone() const;

    // Processes
    void restart(); // the daemon, with all that earlier visits left
    void signal_photo_workers(int signal);

    // Connections that do nothing good, by another user where root may play one. `message`: what each says.
    void flood(int connections, const std::string& message);
    std::unique_ptr<Caller> other_caller;

    // The disk and the files on it
    void fill_disk();
    void free_disk();
    void make_disk_read_only(bool read_only);
    void move_record(bool away);
    void break_configuration(bool broken);

    // What the daemon's log has got since mark_log().
    void mark_log();
    std::string log_since_mark();
    // Everything as before the first fault; false: the desk does not come back.
    bool recover();

  private:
    void take_disk();
    Program& daemon() { return desk_->daemon(); }

    bool has_disk_ = false;
    std::filesystem::path state_;
    std::unique_ptr<Desk> desk_;
    std::filesystem::path card_, another_card_;
    std::vector<std::unique_ptr<Caller>> crowd_;
    std::string configuration_; // while it is broken: the good one
    std::size_t mark_ = 0;
};

} // namespace kaomon::test
