// From the card's photograph (JPEG 2000) to a picture: limits first, then the caged worker kaomon-photo.
#pragma once

#include "drivers/base/clock.hpp"
#include "drivers/base/image.hpp"
#include "drivers/base/result.hpp"

#include <filesystem>
#include <memory>

namespace kaomon::photo {

// Client of the worker: one waits warm in its cage and serves one photograph. Thread-bound.
class Decoder {
  public:
    // `worker`: path of the program kaomon-photo. `budget`: CPU and wall time for one photograph. Reason:
    // photo_decoder_failed (missing, no cage to be had here, its self-test failed).
    static Result<std::unique_ptr<Decoder>> start(const std::filesystem::path& worker,
                                                  Milliseconds budget = Milliseconds{200});
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;
    ~Decoder();

    // Grey or RGB, at most 1024 x 1024. Reasons: photo_malformed (limits, damaged), photo_decoder_failed (the
    // worker crashed or was killed by its cage), photo_decoder_timeout. The next call works again in any
    // case.
    Result<Image> decode(ByteView jp2);
    // Puts the next worker in the place of the used one. Takes a few milliseconds: for when nobody waits.
    // Where it is not called, the next decode() starts its worker itself.
    void renew();

  private:
    struct Worker;
    explicit Decoder(std::unique_ptr<Worker> worker);
    std::unique_ptr<Worker> worker_;
};

} // namespace kaomon::photo
