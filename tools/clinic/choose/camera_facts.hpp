// What was found out about one camera, as figures; what they are worth is said in camera_criteria.cpp.
#pragma once

#include "drivers/base/result.hpp"
#include "tools/clinic/choose/guide.hpp"
#include "tools/clinic/choose/measurement.hpp"

#include <map>

namespace kaomon::choose {

struct LightFacts { // of one light
    int frames = 0;
    int passed = 0;                // by the quality gate
    std::map<Reason, int> refused; // and why the others were not
    // Of frames with a face, units as in face::Quality
    std::vector<double> eyes, sharpness, face_luminance;
    std::vector<double> noise;     // grey levels, between two frames each
    std::vector<double> luminance; // of the whole picture, 0..255
    std::vector<double> colourful; // share of pixels whose channels differ by more than 8 levels, 0..1
};

struct CameraFacts {
    std::string camera;               // stable id
    std::string simulated;            // empty: a real one
    std::vector<std::string> formats; // on offer: "MJPG 640x480@30 ..."
    int width = 0, height = 0;        // pixels, as delivered
    int asked_rate = 0;               // frames per second, as asked for
    int centimetres = 0;              // from the camera to the face, as the person was told
    // All in milliseconds
    std::vector<double> first_frame; // open until the first frame is here
    std::vector<double> interval;    // between the captures of two frames that follow each other
    std::vector<double> age;         // of a frame when it is handed over
    std::uint64_t dropped = 0; // frames that the driver counted and nobody got, while nothing else was done
    bool faces = false;        // the face models were there
    std::map<Light, LightFacts> lights;
    std::optional<Reason> ended; // cancelled (by the person), camera_lost and the like
    std::string unusable;        // not empty: it is there, and why nothing can be done with its pictures

    double rate() const; // frames per second, NaN: not measured
};

// With grades and their reasons. Reentrant.
Measurement measurement_of(const CameraFacts& facts, std::string name, Date on);

} // namespace kaomon::choose
