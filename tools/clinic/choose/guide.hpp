// The person at the table while a candidate is measured: told what to do, asked to do it. On simulators the
// guide does it itself.
#pragma once

#include "tools/words/language.hpp"

namespace kaomon::choose {

enum class Light : unsigned char { normal, dark, behind }; // behind: a bright background, a window
const Text& light_text(Light light);

// Thread-bound, stopped() aside. All return at once: what was asked for is then waited for.
class Guide {
  public:
    Guide() = default;
    Guide(const Guide&) = delete;
    Guide& operator=(const Guide&) = delete;
    virtual ~Guide() = default;

    virtual void put_card(int tap, int taps) = 0; // 1..taps
    virtual void take_card() = 0;
    virtual void unplug() = 0;
    virtual void plug() = 0;
    virtual void stand(Light light, int centimetres) = 0; // before the camera, until told otherwise
    virtual void note(const Text& what) = 0;              // how it goes
    virtual bool stopped() const = 0;                     // the person wants to end here; thread-safe
};

} // namespace kaomon::choose
