// From the card's photograph (JPEG 2000) to a picture: limits first, then the caged worker kaomon-photo.
#pragma once

#include "drivers/base/clock.hpp"
#include "drivers/base/image.hpp"
#include "drivers/base/result.hpp"

#include <filesystem>
#include <memory>

namespace kaomon::photo {

// Client of the worker, which is kept warm: started here, started again after it died. Thread-bound.
class Decoder {
  public:
    // `worker`: path of the program kaomon-photo. `budget`: CPU and wall time for one photograph.
    static Result<std::unique_ptr<Decoder>> start(const std::filesystem::path& worker,
                                                  Milliseconds budget = Milliseconds{200});
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;
    ~Decoder();

    // Grey or RGB, at most 1024 x 1024. Reasons: photo_malformed (limits, damaged), photo_decoder_failed (the
    // worker crashed or was killed by its cage), photo_decoder_timeout. The next call works again in any
    // case.
    Result<Image> decode(ByteView jp2);

  private:
    struct Worker;
    explicit Decoder(std::unique_ptr<Worker> worker);
    std::unique_ptr<Worker> worker_;
};

} // namespace kaomon::photo
