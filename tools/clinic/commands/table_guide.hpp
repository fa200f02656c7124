// Who guides the person at the table while candidates are measured: by sentences on standard error, or, on
// the simulators, with its own hands.
#pragma once

#include "tools/clinic/choose/guide.hpp"
#include "tools/clinic/choose/simulated_camera.hpp"
#include "tools/clinic/choose/simulated_reader.hpp"

namespace kaomon::clinic {

class TableGuide : public choose::Guide {
  public:
    explicit TableGuide(Language language); // Ctrl-C ends the measuring from now on; a second one the program
    ~TableGuide() override;

    // The simulators whose hands it is; null: a person's. They outlive the measuring.
    void play(choose::SimulatedReaderStand* stand) { reader_ = stand; }
    void play(choose::SimulatedCameraStand* stand) { camera_ = stand; }

    void put_card(int tap, int taps) override;
    void take_card() override;
    void unplug() override;
    void plug() override;
    void stand(choose::Light light, int centimetres) override;
    void note(const Text& what) override;
    bool stopped() const override;

  private:
    void ask(const Text& what); // in place of what was asked before, where there is a terminal

    Language language_;
    bool terminal_;
    choose::SimulatedReaderStand* reader_ = nullptr;
    choose::SimulatedCameraStand* camera_ = nullptr;
};

} // namespace kaomon::clinic
