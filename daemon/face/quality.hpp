// What a view of a face is worth, as named measures. No library types.
//
// Names are those of the components of ISO/IEC 29794-5 where it has one; how each is computed follows its
// open reference OFIQ as far as a mesh of 468 points without segmentation allows, and is said here where it
// differs. "Inner face" is the aligned face (112 x 112) from the brows to the lower lip: skin and features of
// everybody, neither hair nor background. Luminance is BT.601, 0..255. All are measures of one frame: none is
// a verdict.
#pragma once

namespace kaomon::face {

struct Quality {
    // ---- subject ----

    // 1 - area of the second largest face / area of this one, 0..1; 1: alone. In a stream that of the
    // detector's last look.
    float single_face = 1;
    // Head pose, degrees; 0: frontal; signs as in pose.hpp.
    float yaw = 0, pitch = 0, roll = 0;
    // Height of the narrower eye / distance from the eyes to the chin, 0..0.3. This mesh hardly sees a closed
    // eye: one painted shut still has nine tenths of its height.
    float eyes_open = 0;
    // Gap between the lips / the same distance, 0..1 (the standard: mouth closed).
    float mouth_open = 0;
    // Luminance around the eyes / that of the cheeks, 0..; sunglasses: under 0.3 (the standard: eyes
    // visible).
    float eyes_dark = 0;
    // Share of pixels from 247 on around the eyes, 0..1: light on glasses.
    float eyes_glare = 0;
    // How much warmer (red - blue, of the sum of the three colours) the skin between the eyes is than mouth
    // and chin, -1..1. Skin and lips: about 0; a mask: 0.2 (white, grey, black) to 0.4 (blue), a beige one
    // 0.1. 0 in grey pictures. The standard's mouth occlusion asks for segmentation.
    float mouth_covered = 0;

    // ---- geometry ----

    // Pixels of the picture, divided by the cosine of the yaw.
    float inter_eye_distance = 0;
    // Distance from the eyes to the chin / height of the picture, 0..1.
    float head_size = 0;

    // ---- light, over the inner face ----

    float luminance_mean = 0;      // 0..255
    float luminance_deviation = 0; // standard deviation, 0..128 (the standard: luminance variance)
    // Intersection of the luminance histograms (16 bins) of left and right cheek, 0..1.
    float illumination_uniformity = 1;
    float under_exposed = 0; // share of pixels up to 25, 0..1
    float over_exposed = 0;  // share of pixels from 247 on, 0..1
    float dynamic_range = 0; // entropy of the luminance histogram, bits, 0..8
    // Mean luminance beside the head, 0..255: over the face's it is backlight.
    float background_luminance = 0;

    // ---- picture ----

    // Variance of the second difference over the inner face, grey levels squared, of the axis that has less
    // of it: what moved is sharp along the other one only.
    float sharpness = 0;
    // The mesh net's own belief that this is a face, 0..1.
    float face_flag = 0;
};

} // namespace kaomon::face
