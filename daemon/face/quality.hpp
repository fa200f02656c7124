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
    // Subject
    float single_face = 1; // 1 - area of the second largest face / area of this one, 0..1; 1: alone. In a
                           // stream that of the last look of the detector.
    float yaw = 0, pitch = 0, roll = 0; // head pose, degrees; 0: frontal; signs as in pose.hpp
    float eyes_open = 0;  // height of the narrower eye / distance from the eyes to the chin, 0..0.3
    float mouth_open = 0; // gap between the lips / the same distance, 0..1 (the standard: mouth closed)
    float eyes_dark = 0;  // luminance around the eyes / that of the cheeks, 0..; sunglasses: far below 1
    float eyes_glare = 0; // share of saturated pixels around the eyes, 0..1: light on glasses
    float mouth_covered =
        0; // distance in colour and luminance of mouth and chin from the face above them, in
           // grey levels, 0..255: a mask. The standard's mouth occlusion asks for segmentation.

    // Geometry
    float inter_eye_distance = 0; // pixels, divided by the cosine of the yaw
    float head_size = 0;          // distance from the eyes to the chin / height of the picture, 0..1

    // Light, over the inner face
    float luminance_mean = 0;      // 0..255
    float luminance_deviation = 0; // standard deviation, 0..128 (the standard: luminance variance)
    float illumination_uniformity =
        1; // intersection of the luminance histograms (16 bins) of left and right cheek, 0..1
    float under_exposed = 0;        // share of pixels up to 25, 0..1
    float over_exposed = 0;         // share of pixels from 247 on, 0..1
    float dynamic_range = 0;        // entropy of the luminance histogram, bits, 0..8
    float background_luminance = 0; // mean beside the head, 0..255: over the face's it is backlight

    // Picture
    float sharpness = 0; // variance of the Laplacian over the inner face, grey levels squared
    float face_flag = 0; // the mesh net's own belief that this is a face, 0..1
};

} // namespace kaomon::face
