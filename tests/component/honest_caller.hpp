// A user beside others: asks and has patients verified, as a reception program does.
#pragma once

#include "tests/component/desk.hpp"

#include <sys/types.h>

#include <string>
#include <vector>

namespace kaomon::test {

class HonestCaller {
  public:
    HonestCaller(uid_t user, std::filesystem::path socket) : user_(user), socket_(std::move(socket)) {}

    // Milliseconds from the connection to the answer of a call, so many times; one without an answer counts
    // `no_answer`.
    static constexpr double no_answer = 60'000;
    std::vector<double> ask(int times) const;

    struct Served {
        std::string decision, reason;
        double seconds = 0; // from the first request on
        int busy = 0;       // how often the desk was another's
    };
    // One patient with this number; where the desk is busy, again when it says so.
    Served visit(const std::string& number, double patience_seconds = 100) const;

  private:
    uid_t user_;
    std::filesystem::path socket_;
};

double percentile(std::vector<double> values, double of_hundred);

} // namespace kaomon::test
