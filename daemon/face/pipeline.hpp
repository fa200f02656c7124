// From a picture to a template: detect, landmarks, quality gate, align, embed.
#pragma once

#include "daemon/face/backend.hpp"
#include "daemon/face/gate.hpp"
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

// What a live view is compared with.
struct Reference {
    Observation face;
    Template view;
};

// Thread-bound.
class Pipeline {
  public:
    // Reasons: model_missing, model_refused (digest not in the manifest of that folder).
    static Result<std::unique_ptr<Pipeline>> load(const std::filesystem::path& models,
                                                  Backend backend = Backend::own_int16);
    Pipeline(const Pipeline&) = delete;
    Pipeline& operator=(const Pipeline&) = delete;
    ~Pipeline();

    // The one face of a still (grey or RGB): searched for with patience. Frames of a camera go through a
    // Stream. Reasons: no_face, several_faces (subject_cv.hpp says when).
    Result<Observation> observe(const Image& picture);
    // For a 112 x 112 face aligned by the five points. Reason: face_unclear (norm too small to be compared).
    Result<Template> embed(const Image& picture, const Observation& face);
    // Both for a photograph that cannot be taken again (the card's): where a template is too short, the other
    // looks of the search are tried, too. Reasons: those of observe() and embed().
    Result<Reference> reference(const Image& photograph);
    // Wipes what the networks have kept of the last face: at the end of a visit.
    void forget() noexcept;
    const std::vector<ModelInfo>& models() const noexcept;

  private:
    friend class Stream;
    struct Nets;
    explicit Pipeline(std::unique_ptr<Nets> nets);
    std::unique_ptr<Nets> nets_;
};

} // namespace kaomon::face
