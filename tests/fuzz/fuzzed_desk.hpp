// A real desk whose card, camera and disk a fuzz target is: what it hands to a card is held against what
// people asked for.
#pragma once

#include "daemon/session/verification_desk.hpp"
#include "daemon/socket/methods.hpp"
#include "tests/fuzz/full_disk.hpp"

#include <boost/asio/io_context.hpp>

#include <map>
#include <set>
#include <utility>

namespace kaomon::fuzz {

// Ends the program where the property does not hold.
void must(bool holds, const char* property);

class FuzzedDesk {
  public:
    FuzzedDesk();
    FuzzedDesk(const FuzzedDesk&) = delete;
    FuzzedDesk& operator=(const FuzzedDesk&) = delete;
    ~FuzzedDesk();

    void turn();                      // runs what is ready
    void let_pass(Milliseconds time); // and then what is due
    void card(unsigned event,
              unsigned detail); // reported by the reader; one that could not come now is left out
    void face(unsigned event, unsigned detail); // by the camera
    void trouble(unsigned which);               // by the self check
    void fill_disk(Room room) { set_room(room_ = room); }
    void stop(); // as the daemon does when it ends

    // An act that somebody handed in: `digits` may go to a card once in a session, under its key.
    void note_act(const session::Caller& owner, const std::string& name, const std::string& digits);
    // Signed by this desk, and its record is on the disk.
    bool on_record(const std::string& jws, const std::string& nonce) const;
    bool stopped() const { return stopped_; }

    boost::asio::io_context loop;
    std::shared_ptr<socket::Service> service; // of all connections

  private:
    struct Card;
    struct Face;
    void hand(const std::string& digits, card::mynumber::IdempotencyKey key);

    Milliseconds passed_{0};
    Room room_ = Room::enough;
    bool stopped_ = false;
    std::map<std::uint64_t, std::set<std::string>> acts_;
    std::set<std::pair<std::uint64_t, std::uint64_t>> handed_; // visit, key
    std::uint64_t visit_ = 0, taps_ = 0;
    // What the sides are asked for and have not answered: only that can be an event.
    bool card_begun_ = false, free_data_ = false, number_ = false, pin_ = false;
    bool face_begun_ = false, looking_ = false, reference_ = false;
    std::unique_ptr<session::VerificationDesk> desk_;
};

} // namespace kaomon::fuzz
