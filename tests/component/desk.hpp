// A whole desk on real parts: pcscd with a virtual reader, the simulated card as its peer, the daemon, a
// camera of stills.
#pragma once

#include "tests/component/caller.hpp"
#include "tests/component/pcscd.hpp"
#include "tests/component/program.hpp"

#include <memory>
#include <string>
#include <vector>

namespace kaomon::test {

// How one verification went.
struct Visit {
    std::vector<std::string> states; // in order, each once
    std::vector<double> entered;     // each of them, seconds after the request
    std::vector<std::string> hints;
    std::string decision, reason;
    std::string result;       // the JWS
    double seconds = 0;       // from the request to the last reply
    boost::json::object last; // whole
};

class Desk {
  public:
    // Everything but the card runs. `state`: folder of key, record and ledger, when they are to be on a disk
    // of their own.
    explicit Desk(std::filesystem::path state = {});
    ~Desk();

    // The holder's photographs and another person's, from models/demo.
    static std::filesystem::path holder();
    static std::filesystem::path other_view_of_holder();
    static std::filesystem::path stranger();

    // A card in a folder of its own; `options` as kaomon-simcard issue takes them.
    std::filesystem::path issue(const std::string& name, const std::vector<std::string>& options = {});
    // Puts a card on the reader (takes away the one before) and waits until the daemon sees it.
    void put(const std::filesystem::path& card);
    void take_away();
    // Another card lies there as soon as a hand can do it; not waited for.
    void replace(const std::filesystem::path& card);
    // Tries left for verification number B or another secret, as the card's folder tells.
    int tries(const std::filesystem::path& card, const std::string& secret = "access_number") const;
    std::string number(const std::filesystem::path& card) const;
    std::string pin(const std::filesystem::path& card) const;

    // `presentation`: what is held before the camera (drivers/camera/presentation.hpp). `forgets`: what
    // earlier visits left for a card, so that one test is not the next one's.
    void restart_daemon(const std::filesystem::path& still, const std::string& more_settings = {},
                        const std::string& presentation = "live", bool forgets = true);
    Program& daemon() { return *daemon_; }
    Pcscd& pcscd() { return pcscd_; }
    const std::filesystem::path& folder() const { return folder_; }
    const std::filesystem::path& state() const { return state_; }
    std::filesystem::path socket() const { return folder_ / "kaomon.sock"; }

    // The fault language, to the card's or the camera's pipe.
    void card_fault(const std::string& line) const;
    void camera_fault(const std::string& line) const;

    // One verification with the number given beforehand; an empty one is left out.
    Visit visit(const std::string& number, int deadline_ms = 20'000);
    // One in which what is given is handed in, each as an act of its own, as soon as a way is waited for; the
    // methods are theirs, and the face's with a number.
    Visit visit_with(const std::string& number, std::vector<boost::json::object> provisions,
                     int deadline_ms = 20'000);
    // Reads the replies of a Verify that was sent to `caller`.
    static Visit follow(Caller& caller);
    boost::json::object status();

  private:
    void serve(const std::filesystem::path& card);
    // The reply in that state; empty when the visit concluded before.
    static boost::json::object receive_until(Caller& caller, std::string_view wanted, Visit& visit);

    Pcscd pcscd_;
    std::filesystem::path folder_, state_;
    std::unique_ptr<Program> daemon_, card_;
};

} // namespace kaomon::test
