#include "tools/evaluate/acquisition.hpp"

#include "daemon/audit/chain.hpp"
#include "daemon/face/model_store.hpp"
#include "daemon/wiring/face.hpp"
#include "tools/evaluate/picture.hpp"
#include "tools/evaluate/portrait.hpp"
#include "tools/evaluate/template_file.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

namespace kaomon::evaluate {
namespace {

class Stopwatch {
  public:
    float lap() { // milliseconds since the last one
        const Instant now = SteadyClock::now();
        const float passed = std::chrono::duration<float, std::milli>(now - last_).count();
        last_ = now;
        return passed;
    }

  private:
    Instant last_ = SteadyClock::now();
};

// One thread's device.
struct Device {
    std::unique_ptr<face::Pipeline> pipeline;
    std::unique_ptr<photo::Decoder> photographs;

    Result<View> view(const Image& picture, const face::Observation& face) {
        const auto made = pipeline->embed(picture, face);
        if (!made)
            return std::unexpected(made.error());
        return View{*made, face.quality};
    }

    Result<View> card_view(const Image& picture, const face::Observation& face) {
        const auto file = card_photograph(picture, face);
        if (!file)
            return std::unexpected(file.error());
        const auto portrait = photographs->decode(*file);
        photographs->renew(); // the next worker starts while this picture becomes a template
        if (!portrait)
            return std::unexpected(portrait.error());
        const auto reference = pipeline->reference(*portrait);
        if (!reference)
            return std::unexpected(reference.error());
        return View{reference->view, reference->face.quality};
    }

    Sample acquire(const std::filesystem::path& path, const AcquisitionSettings& settings) {
        Sample sample;
        const auto file = read_file(path);
        if (!file) {
            sample.live = std::unexpected(file.error());
            return sample;
        }
        std::string digest;
        if (settings.known) {
            digest = audit::sha256_hex({reinterpret_cast<const char*>(file->data()), file->size()});
            if (auto known = settings.known->find(digest); known && (known->card || !settings.card)) {
                if (!settings.card)
                    known->card.reset();
                return *known;
            }
        }
        look(*file, sample, settings.card);
        if (settings.known && !unreadable(sample))
            settings.known->add(digest, sample);
        return sample;
    }

    void look(ByteView file, Sample& sample, bool card) {
        Stopwatch watch;
        const auto picture = decode_picture(file, *photographs);
        sample.times.decode = watch.lap();
        if (!picture) {
            sample.live = std::unexpected(picture.error());
            return;
        }
        const auto face = pipeline->observe(*picture);
        sample.times.observe = watch.lap();
        if (!face) {
            sample.live = std::unexpected(face.error());
            if (card)
                sample.card = std::unexpected(face.error());
            return;
        }
        sample.live = view(*picture, *face);
        sample.times.embed = watch.lap();
        if (card) {
            sample.card = card_view(*picture, *face);
            sample.times.card = watch.lap();
        }
    }
};

Outcome<std::vector<Device>> open_devices(const AcquisitionSettings& settings, std::size_t count) {
    std::vector<Device> devices;
    for (std::size_t i = 0; i < count; ++i) {
        auto pipeline = wiring::load_pipeline(settings.device.face);
        if (!pipeline)
            return std::unexpected(trouble_of(pipeline.error()));
        auto photographs = wiring::start_decoder(settings.device.photo);
        if (!photographs)
            return std::unexpected(trouble_of(photographs.error()));
        devices.push_back({std::move(*pipeline), std::move(*photographs)});
    }
    return devices;
}

} // namespace

bool unreadable(const Sample& sample) noexcept {
    return !sample.live && sample.live.error().reason == Reason::photo_malformed;
}

Outcome<std::vector<Sample>> acquire(const List& list, const AcquisitionSettings& settings) {
    const auto& entries = list.entries;
    auto devices = open_devices(settings, std::clamp<std::size_t>(settings.threads, 1, entries.size() + 1));
    if (!devices)
        return std::unexpected(devices.error());
    std::vector<Sample> samples(entries.size());
    std::atomic<std::size_t> next = 0;
    std::mutex telling;
    std::size_t done = 0;
    const auto work = [&](Device& device) {
        for (std::size_t i = next++; i < entries.size(); i = next++) {
            samples[i] = device.acquire(entries[i].path, settings);
            samples[i].entry = i;
            const std::lock_guard lock(telling);
            ++done;
            if (settings.progress)
                settings.progress(done);
        }
    };
    std::vector<std::jthread> threads;
    for (Device& device : *devices)
        threads.emplace_back(work, std::ref(device));
    threads.clear(); // joins
    return samples;
}

Outcome<std::string> embedder_of(const std::filesystem::path& models) {
    const auto store = face::ModelStore::open(models);
    if (!store)
        return std::unexpected(trouble_of(store.error()));
    const auto model = store->find("embedder");
    if (!model)
        return std::unexpected(trouble_of(model.error()));
    return (*model)->info.sha256;
}

} // namespace kaomon::evaluate
