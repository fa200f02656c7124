// From a picture to a template: detect, landmarks, quality gate, align, embed. The compute thread's one door.
#pragma once

#include "daemon/face/observation.hpp"
#include "daemon/face/template.hpp"
#include "drivers/base/image.hpp"
#include "drivers/base/result.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace kaomon::face {

// What loaded: for GetInfo and for the claims of a result.
struct ModelInfo {
    std::string name;   // detector, mesh, embedder
    std::string sha256; // of the prepared file
    std::string licence;
};

// Limits of the quality gate; defaults are the evidence of models.md. Units as in Quality.
struct Gate {
    float min_inter_eye_distance = 40; // the aligned face has 35: below that its pixels are made up
    float max_yaw = 25, max_pitch = 25, max_roll = 25;
    float min_luminance = 45, max_luminance = 225;
    float min_contrast = 12;
    float min_sharpness = 25;
    float min_face_flag = 0.5F;
};

// Thread-bound.
class Pipeline {
  public:
    // Reasons: model_missing, model_refused (digest not in the manifest of that folder).
    static Result<std::unique_ptr<Pipeline>> load(const std::filesystem::path& models);
    Pipeline(const Pipeline&) = delete;
    Pipeline& operator=(const Pipeline&) = delete;
    ~Pipeline();

    // The one face of the picture (grey or RGB). Reasons: no_face, several_faces.
    Result<Observation> observe(const Image& picture);
    // For a 112 x 112 face aligned by the five points. Reason: face_unclear (norm too small to be compared).
    Result<Template> embed(const Image& picture, const Observation& face);
    // Wipes what the networks have kept of the last face: at the end of a visit.
    void forget() noexcept;
    const std::vector<ModelInfo>& models() const noexcept;

  private:
    struct Nets;
    explicit Pipeline(std::unique_ptr<Nets> nets);
    std::unique_ptr<Nets> nets_;
};

// What is wrong with this view, most helpful first; empty when the view is good. Reentrant.
std::optional<Reason> gate(const Observation& face, int width, int height, const Gate& limits);

} // namespace kaomon::face
