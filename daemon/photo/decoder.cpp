#include "daemon/photo/decoder.hpp"

#include "daemon/photo/jp2_header.hpp"
#include "daemon/photo/wire.hpp"
#include "daemon/photo/worker_process.hpp"

#include <optional>

namespace kaomon::photo {
namespace {

// From being started to sitting in the cage takes milliseconds; a machine under load may take longer.
constexpr Milliseconds startup_limit{1000};

} // namespace

struct Decoder::Worker {
    std::filesystem::path program;
    Milliseconds budget;
    std::optional<WorkerProcess> spare; // waits in its cage for the next photograph
    std::optional<WorkerProcess> used;  // has been killed and not been waited for

    void renew() {
        used.reset();
        if (spare)
            return;
        if (auto started = WorkerProcess::start(program, budget))
            spare = std::move(*started);
    }

    // The spare if it lives, a fresh one otherwise.
    Result<WorkerProcess> take() {
        used.reset();
        if (spare) {
            WorkerProcess taken = std::move(*spare);
            spare.reset();
            if (taken.await_ready(SteadyClock::now() + startup_limit) && !taken.has_ended())
                return taken;
        }
        auto fresh = WorkerProcess::start(program, budget);
        if (!fresh)
            return fresh;
        if (auto ready = fresh->await_ready(SteadyClock::now() + startup_limit); !ready)
            return std::unexpected(ready.error());
        return fresh;
    }

    Result<Image> decode(ByteView jp2, const Raster& promised) {
        auto worker = take();
        if (!worker)
            return std::unexpected(worker.error());
        auto image = ask(*worker, jp2, promised);
        worker->kill();
        used = std::move(*worker); // to wait for its end takes a tenth of what the picture took
        return image;
    }

    Result<Image> ask(WorkerProcess& worker, ByteView jp2, const Raster& promised) const {
        const Instant deadline = SteadyClock::now() + budget;
        const wire::Request request{static_cast<std::uint32_t>(jp2.size())};
        Result<void> done = worker.send(&request, sizeof request, deadline);
        if (done)
            done = worker.send(jp2.data(), jp2.size(), deadline);
        wire::Answer answer{};
        if (done)
            done = worker.receive(&answer, sizeof answer, deadline);
        if (!done)
            return std::unexpected(done.error());
        if (answer.status == wire::Status::malformed)
            return fail(Reason::photo_malformed, "the decoder finds the photograph damaged");
        if (answer.status != wire::Status::decoded || answer.raster != promised)
            return fail(Reason::photo_decoder_failed,
                        "kaomon-photo answers with another picture than the header's");
        Image image{promised.width, promised.height, promised.channels, {}};
        image.pixels.resize(image.stride() * static_cast<std::size_t>(image.height));
        if (done = worker.receive(image.pixels.data(), image.pixels.size(), deadline); !done)
            return std::unexpected(done.error());
        return image;
    }
};

Decoder::Decoder(std::unique_ptr<Worker> worker) : worker_(std::move(worker)) {}
Decoder::~Decoder() = default;

Result<std::unique_ptr<Decoder>> Decoder::start(const std::filesystem::path& worker, Milliseconds budget) {
    auto made = std::make_unique<Worker>(worker, budget, std::nullopt, std::nullopt);
    auto first = made->take(); // says at once if the program is missing or its cage cannot be built here
    if (!first)
        return std::unexpected(first.error());
    made->spare = std::move(*first);
    return std::unique_ptr<Decoder>(new Decoder(std::move(made)));
}

Result<Image> Decoder::decode(ByteView jp2) {
    const auto promised = read_jp2_header(jp2);
    if (!promised)
        return std::unexpected(promised.error());
    return worker_->decode(jp2, *promised);
}

void Decoder::renew() {
    worker_->renew();
}

} // namespace kaomon::photo
