// A card that speaks T=0 in front of any other: data behind a command are fetched by GET RESPONSE (61xx), a
// wrong Le is answered with the right one (6Cxx), an Le behind data does not exist.
#pragma once

#include "drivers/card/simulated/card.hpp"

namespace kaomon::test {

// Thread-bound.
class T0Card {
  public:
    explicit T0Card(card::simulated::Card& card) : card_(card) {}
    SecretBytes answer(ByteView command);

    int fetched = 0;   // GET RESPONSE commands
    int corrected = 0; // 6Cxx answers
    int malformed = 0; // commands that have no place in T=0

  private:
    SecretBytes promise() const;

    card::simulated::Card& card_;
    SecretBytes waiting_; // data and status word that GET RESPONSE will bring
};

} // namespace kaomon::test
