// The camera that was there at installation, and whether it is still that one.
#pragma once

#include "drivers/base/result.hpp"
#include "drivers/camera/origin/identity.hpp"

#include <filesystem>
#include <optional>

namespace kaomon::camera::origin {

// What an operator looks at before accepting.
struct Report {
    std::optional<Identity> accepted{}, present{};
    std::optional<Failure> fault{}; // why the present one is not used
};

// A file of the state folder, 0600, replaced whole. Nothing is kept in memory: reentrant.
class Record {
  public:
    explicit Record(std::filesystem::path file) : file_(std::move(file)) {}

    // Nothing where no camera was accepted yet. Reason: camera_record_unusable (damaged: nobody knows any
    // more which one it was, so none is used until an operator accepts one).
    Result<std::optional<Identity>> accepted() const;
    // The first camera of all is accepted. Reasons: camera_changed, camera_record_unusable.
    Result<void> admit(const Identity& now) const;
    // From now on this one, whatever it was before. Reason: camera_record_unusable.
    Result<void> accept(const Identity& now) const;

  private:
    std::filesystem::path file_;
};

} // namespace kaomon::camera::origin
