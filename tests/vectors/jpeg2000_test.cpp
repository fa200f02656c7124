// JPEG 2000 files of others, legal, odd, broken and hostile, through the cage.
#include "daemon/photo/decoder.hpp"
#include "daemon/photo/wire.hpp"
#include "daemon/photo/worker_process.hpp"
#include "drivers/base/clock.hpp"
#include "tests/daemon/photo/sample_jp2.hpp"
#include "tests/vectors/vectors.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

namespace kaomon::vectors {
namespace {

Bytes content_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return Bytes{std::istreambuf_iterator<char>(stream), {}};
}

TEST(Jpeg2000, EveryFileIsDecodedWithinTheLimitsOrRefused) {
    SKIP_WITHOUT_VECTORS();
    auto decoder = photo::Decoder::start(KAOMON_PHOTO);
    ASSERT_TRUE(decoder) << decoder.error().detail;
    std::map<std::string, int> ends;
    int tried = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder() / "jpeg2000")) {
        const Bytes bytes = content_of(file.path());
        const auto picture = (*decoder)->decode(bytes);
        ++tried;
        if (picture) {
            EXPECT_LE(picture->width, 1024) << file;
            EXPECT_LE(picture->height, 1024) << file;
            EXPECT_EQ(picture->pixels.size(), static_cast<std::size_t>(picture->width) *
                                                  static_cast<std::size_t>(picture->height) *
                                                  static_cast<std::size_t>(picture->channels))
                << file;
        } else {
            const Reason why = picture.error().reason;
            EXPECT_TRUE(why == Reason::photo_malformed || why == Reason::photo_decoder_failed ||
                        why == Reason::photo_decoder_timeout)
                << file << ": " << word(why);
        }
        ++ends[picture ? "decoded" : std::string(word(picture.error().reason))];
    }
    EXPECT_GT(tried, 90);
    for (const auto& [end, count] : ends)
        std::cout << count << " " << end << "\n";
    EXPECT_TRUE((*decoder)->decode(photo::testing::encode({.ratio = 1})))
        << "the next photograph is a good one";
}

// The same past the look at the header, which refuses most of them: straight into the cage.
TEST(Jpeg2000, TheCageHoldsWhatTheHeaderDoesNotStop) {
    SKIP_WITHOUT_VECTORS();
    constexpr Milliseconds cpu_time{200}, patience{5000}; // the cage ends itself long before
    std::map<std::string, int> ends;
    for (const auto& file : std::filesystem::directory_iterator(folder() / "jpeg2000")) {
        const Bytes bytes = content_of(file.path());
        auto worker = photo::WorkerProcess::start(KAOMON_PHOTO, cpu_time);
        ASSERT_TRUE(worker) << worker.error().detail;
        const Instant deadline = SteadyClock::now() + patience;
        ASSERT_TRUE(worker->await_ready(deadline));
        const photo::wire::Request request{static_cast<std::uint32_t>(bytes.size())};
        photo::wire::Answer answer{};
        Result<void> done = worker->send(&request, sizeof request, deadline);
        if (done)
            done = worker->send(bytes.data(), bytes.size(), deadline);
        if (done)
            done = worker->receive(&answer, sizeof answer, deadline);
        EXPECT_LT(SteadyClock::now(), deadline) << file;
        if (!done)
            ++ends[std::string(word(done.error().reason)) + ": " + done.error().detail];
        else if (answer.status == photo::wire::Status::decoded)
            ++ends["decoded"];
        else
            ++ends["malformed"];
        if (done && answer.status == photo::wire::Status::decoded) {
            EXPECT_LE(std::max(answer.raster.width, answer.raster.height), 1024) << file;
        }
    }
    for (const auto& [end, count] : ends)
        std::cout << count << " " << end << "\n";
    EXPECT_GT(ends["decoded"], 0) << "none was a picture: nothing was tried";
}

} // namespace
} // namespace kaomon::vectors
