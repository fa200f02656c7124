// The folder of models: nothing is used whose digest is not in the manifest that lies beside it.
#pragma once

#include "daemon/face/pipeline.hpp"
#include "drivers/base/bytes.hpp"
#include "drivers/base/result.hpp"

#include <filesystem>
#include <string_view>
#include <vector>

namespace kaomon::face {

struct Model {
    ModelInfo info;
    Bytes file; // the bytes the digest was taken of: the file is not opened a second time
};

class ModelStore {
  public:
    // `folder` as tools/models/fetch or the package makes it: manifest.toml and the files it names. Every
    // file is read and checked. Reasons: model_missing (folder, manifest or file), model_refused (digest,
    // size, manifest).
    static Result<ModelStore> open(const std::filesystem::path& folder);

    // Reason: model_missing (the manifest has no such entry).
    Result<const Model*> find(std::string_view name) const;
    std::vector<ModelInfo> infos() const;

  private:
    std::vector<Model> models_;
};

} // namespace kaomon::face
