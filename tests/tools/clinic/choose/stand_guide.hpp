// A guide that plays the simulators and keeps what was said.
#pragma once

#include "tools/clinic/choose/simulated_camera.hpp"
#include "tools/clinic/choose/simulated_reader.hpp"

#include <functional>
#include <string>

namespace kaomon::choose {

class StandGuide final : public Guide {
  public:
    SimulatedReaderStand* reader = nullptr;
    SimulatedCameraStand* camera = nullptr;
    int stop_at_tap = 0; // the person ends it there; 0: never
    bool pulls = true;   // the plug, when asked
    std::string said;    // one letter for each thing asked: p(ut) t(ake) u(nplug) i(n) n d b (lights)

    void put_card(int tap, int) override {
        said += 'p';
        stopped_ = stopped_ || tap == stop_at_tap;
        if (reader != nullptr)
            reader->put_card(tap);
    }
    void take_card() override {
        said += 't';
        if (reader != nullptr)
            reader->take_card();
    }
    void unplug() override {
        said += 'u';
        if (reader != nullptr && pulls)
            reader->unplug();
    }
    void plug() override {
        said += 'i';
        if (reader != nullptr)
            reader->plug();
    }
    void stand(Light light, int) override {
        said += light == Light::normal ? 'n' : light == Light::dark ? 'd' : 'b';
        if (camera != nullptr)
            camera->set_light(light);
    }
    void note(const Text&) override {}
    bool stopped() const override { return stopped_; }

  private:
    bool stopped_ = false;
};

} // namespace kaomon::choose
