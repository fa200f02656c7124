// Nothing of a patient stays: not in the daemon's memory (heap, arena, stacks, registers), not in its log,
// record or state.
//
// The pieces that are looked for are made here, by the product's own code: the photograph's bytes and pixels,
// its crop, mesh and template; and the same of frames, which are lifted out of the daemon's memory while it
// looks. A search that finds them during visits shows that it would find them afterwards.
#include "daemon/face/pipeline.hpp"
#include "daemon/photo/openjpeg.hpp"
#include "daemon/result/base64url.hpp"
#include "drivers/camera/jpeg.hpp"
#include "drivers/camera/jpeg_header.hpp"
#include "tests/component/desk.hpp"
#include "tests/component/face_pieces.hpp"
#include "tests/component/process_memory.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstring>
#include <fstream>
#include <iostream>
#include <set>
#include <thread>

namespace kaomon::test {
namespace {

namespace fs = std::filesystem;

constexpr int width = 640, height = 480; // of the camera

Bytes read_file(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

// Whole JPEGs in a region, as the camera's frames lie there.
void lift_frames(const Region& region, std::vector<Bytes>& frames, std::size_t most) {
    const auto* at = region.bytes.data();
    const auto* const end = at + region.bytes.size();
    const auto find = [&](std::string_view marker) {
        return static_cast<const std::uint8_t*>(
            memmem(at, static_cast<std::size_t>(end - at), marker.data(), marker.size()));
    };
    while (frames.size() < most && (at = find("\xFF\xD8\xFF")) != nullptr) {
        const auto* const stop = find("\xFF\xD9");
        if (stop == nullptr)
            return;
        Bytes jpeg(at, stop + 2);
        const auto header = camera::read_jpeg_header(jpeg);
        if (header && header->width == width && header->height == height &&
            std::ranges::find(frames, jpeg) == frames.end())
            frames.push_back(std::move(jpeg));
        at += 3;
    }
}

std::string in_words(const std::map<std::string, int>& kinds) {
    std::string words;
    for (const auto& [kind, count] : kinds)
        words += "  " + kind + ": " + std::to_string(count) + "\n";
    return words;
}

TEST(MemoryScan, FindsWhatAProcessHolds) {
    const std::string secret = "a piece that nothing else holds";
    auto* const place =
        static_cast<char*>(mmap(nullptr, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
    const pid_t child = fork();
    if (child == 0) {
        std::memcpy(place + 4000, secret.data(), secret.size());
#ifdef __x86_64__
        asm volatile("movups %0, %%xmm9" ::"m"(*reinterpret_cast<const char(*)[16]>(place + 4000)) : "xmm9");
        asm volatile("mov $34, %%eax\n\tsyscall" ::
                         : "rax", "rcx", "r11"); // pause, with the register as it is
#endif
        pause();
        _exit(0);
    }
    Pieces whole, half;
    whole.add("whole", secret);
    half.add("half", std::string_view(secret).substr(0, 16));
    EXPECT_TRUE(
        eventually([&] { return whole.find_in(child).where.find("anonymous") != std::string::npos; }));
#ifdef __x86_64__
    EXPECT_TRUE(eventually([&] { return half.find_in(child).where.find("registers") != std::string::npos; }));
#endif
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    munmap(place, 8192);
}

class MemoryTest : public testing::Test {
  protected:
    void SetUp() override {
        if (geteuid() != 0)
            GTEST_SKIP() << "only root may read the memory of an undumpable process";
        card = desk.issue("card");
        desk.restart_daemon(Desk::other_view_of_holder());
        desk.put(card);
        auto loaded = face::Pipeline::load(fs::path(KAOMON_SOURCE_DIR) / "models");
        ASSERT_TRUE(loaded) << loaded.error().detail;
        pipeline = std::move(*loaded);
        add_card();
        add_attributes();
    }

    void add_card() {
        const Bytes record = read_file(card / "files" / "photo-0002");
        const auto begins = [&](std::initializer_list<std::uint8_t> magic) {
            return std::search(record.begin(), record.end(), magic.begin(), magic.end());
        };
        const auto photo = begins({0x00, 0x00, 0x00, 0x0C, 0x6A, 0x50, 0x20, 0x20});
        ASSERT_NE(photo, record.end());
        const Bytes tail(photo, record.end());
        const Bytes end{0xFF, 0xD9};
        const Bytes jp2(tail.begin(), std::search(tail.begin(), tail.end(), end.begin(), end.end()) + 2);
        add_runs(pieces, "photograph, file", ByteView(jp2).subspan(100), 16, 61);
        const auto picture = photo::unpack(jp2);
        ASSERT_TRUE(picture);
        Image image{picture->raster.width,
                    picture->raster.height,
                    picture->raster.channels,
                    {picture->pixels.begin(), picture->pixels.end()}};
        ASSERT_TRUE(add_face(pieces, "photograph", *pipeline, image));
        const auto name = begins({0x89, 'P', 'N', 'G'});
        ASSERT_NE(name, record.end());
        add_runs(pieces, "name as a picture",
                 ByteView(record).subspan(static_cast<std::size_t>(name - record.begin()) + 30, 120), 16, 16);
        constexpr std::array<std::uint8_t, 3> birth_tag{0xDF, 0x22, 0x08};
        const auto birth = std::search(record.begin(), record.end(), birth_tag.begin(), birth_tag.end());
        ASSERT_NE(birth, record.end());
        pieces.add("birth date", ByteView(&*birth + 3, 8));
        pieces.add("access number", desk.number(card));
        // Four digits are found everywhere: as a text of their own, in a call, in a command.
        const std::string pin = desk.pin(card);
        pieces.add("PIN", pin + std::string(8, '\0'));
        pieces.add("PIN", "\"pin\":\"" + pin + "\"");
        pieces.add("PIN", std::string("\x00\x20\x00\x80\x04", 5) + pin);
    }

    // As the card has them, as JSON has them, and as they stand in a JWS, wherever their first byte falls.
    void add_attributes() {
        for (const std::string text : {"見本\u3000花子", "東京都千代田区霞が関一丁目一番地"}) {
            pieces.add("attribute", text);
            for (std::size_t cut = 0; cut < 3; ++cut) {
                const std::size_t whole = (text.size() - cut) / 3 * 3;
                pieces.add("attribute, in a result",
                           result::to_base64url(
                               ByteView(reinterpret_cast<const std::uint8_t*>(text.data()) + cut, whole)));
            }
        }
    }

    // What of the pieces is in the daemon now.
    std::map<std::string, int> find() { return pieces.find_in(desk.daemon().pid()).kinds; }

    void expect_found(const std::map<std::string, int>& found, std::initializer_list<const char*> kinds) {
        for (const char* kind : kinds)
            EXPECT_TRUE(found.contains(kind))
                << kind << " was not found while it was there: the search does not work";
        all_found.insert(found.begin(), found.end());
    }

    void expect_nothing_left(const char* when) {
        Pieces::Finds left;
        EXPECT_TRUE(eventually([&] { return (left = pieces.find_in(desk.daemon().pid())).empty(); }, 10))
            << when << ":\n"
            << in_words(left.kinds) << left.where;
    }

    // One look at all of the daemon while it looks at a face: frames are lifted out first, then everything is
    // looked for.
    std::map<std::string, int> look(std::size_t& frames) {
        std::vector<std::tuple<std::string, std::uint64_t, Bytes>> regions;
        std::vector<Bytes> lifted;
        each_region(desk.daemon().pid(), [&](const Region& region) {
            lift_frames(region, lifted, 3);
            regions.emplace_back(region.name, region.start, Bytes(region.bytes.begin(), region.bytes.end()));
        });
        for (const Bytes& frame : lifted) {
            const Image picture = camera::decode_jpeg(frame, 4096);
            if (picture.empty())
                continue;
            ++frames;
            add_runs(pieces, "frame, file", ByteView(frame).subspan(700), 16, 1021);
            add_face(pieces, "frame", *pipeline, picture);
        }
        Pieces::Finds finds;
        for (const auto& [name, start, bytes] : regions)
            pieces.find_in(bytes, name, start, finds);
        return finds.kinds;
    }

    Desk desk;
    fs::path card;
    std::unique_ptr<face::Pipeline> pipeline;
    Pieces pieces;
    std::map<std::string, int> all_found;
};

TEST_F(MemoryTest, NothingOfAPatientStays) {
    expect_nothing_left("before the first visit");
    const std::string number = desk.number(card), pin = desk.pin(card);

    { // A number that waits for its card; then the caller goes.
        desk.take_away();
        Caller caller(desk.socket());
        caller.send("org.kaomon.Verification.Verify",
                    {{"nonce", "nonce-of-a-memory-test"},
                     {"access_number", {{"number", number}}},
                     {"idempotency_key", "act-of-a-memory-test"}},
                    true);
        ASSERT_TRUE(caller.receive());
        expect_found(find(), {"access number"});
        caller.hang_up();
        expect_nothing_left("after a caller has gone");
        desk.put(card);
    }
    { // A PIN on its way to a slow card.
        Caller caller(desk.socket());
        caller.send("org.kaomon.Verification.Verify",
                    {{"nonce", "nonce-of-a-memory-test"}, {"methods", boost::json::array{"pin"}}}, true);
        boost::json::object reply;
        do {
            auto next = caller.receive();
            ASSERT_TRUE(next);
            reply = next->at("parameters").as_object();
        } while (reply.at("state") != "waiting_method");
        desk.card_fault("slow 4000");
        Caller second(desk.socket());
        second.call("org.kaomon.Verification.Provide", {{"session", reply.at("session")},
                                                        {"idempotency_key", "another-act-of-a-memory-test"},
                                                        {"pin", pin}});
        expect_found(find(), {"PIN"});
        desk.card_fault("clear");
        EXPECT_EQ(Desk::follow(caller).decision, "verified");
        expect_nothing_left("after a PIN");
    }
    { // Attributes: until the answer to the caller has gone they are there, then nowhere.
        desk.camera_fault("black");
        Caller caller(desk.socket());
        caller.send("org.kaomon.Verification.Verify",
                    {{"nonce", "nonce-of-a-memory-test"},
                     {"access_number", {{"number", number}}},
                     {"idempotency_key", "act-with-attributes"},
                     {"attributes", {"name", "address"}}},
                    true);
        std::string state, hint, session;
        const auto step = [&] {
            const auto reply = caller.receive(20);
            ASSERT_TRUE(reply && reply->contains("parameters"));
            const auto& parameters = reply->at("parameters").as_object();
            state = parameters.at("state").as_string();
            session = parameters.at("session").as_string();
            hint =
                parameters.contains("hint") ? std::string(parameters.at("hint").at("word").as_string()) : "";
        };
        while (hint != "consent_missing")
            ASSERT_NO_FATAL_FAILURE(step());
        Caller patient(desk.socket());
        patient.call(
            "org.kaomon.Verification.Provide",
            {{"session", session}, {"idempotency_key", "yes-to-attributes"}, {"consent", {{"given", true}}}});
        while (state != "capturing_face" && state != "concluded")
            ASSERT_NO_FATAL_FAILURE(step());
        expect_found(find(), {"attribute"});
        desk.camera_fault("clear");
        EXPECT_EQ(Desk::follow(caller).decision, "verified");
        expect_nothing_left("after a result with attributes");
    }
    { // Faces, visit after visit, until each kind was seen in passing.
        std::atomic<bool> stop = false;
        std::atomic<int> verified = 0;
        std::jthread visits([&] {
            for (int i = 0; !stop; ++i) {
                desk.card_fault(i % 2 == 0 ? "slow 20" : "clear");
                verified += desk.visit(number).decision == "verified" ? 1 : 0;
            }
            desk.card_fault("clear");
        });
        // Not the mesh of a frame: only that of a visit's first one can be foretold, and it is seldom met.
        const std::set<std::string> wanted{"photograph, file", "photograph, mesh", "photograph, template",
                                           "frame, file",      "frame, pixels",    "frame, crop"};
        std::size_t frames = 0;
        const auto missing = [&] {
            return std::ranges::any_of(wanted, [&](const auto& kind) { return !all_found.contains(kind); });
        };
        for (int pass = 0; pass < 40 && (missing() || verified < 2); ++pass) {
            for (const auto& [kind, count] : look(frames))
                all_found[kind] += count;
        }
        stop = true;
        visits.join();
        for (const auto& kind : wanted)
            EXPECT_TRUE(all_found.contains(kind)) << kind << " was never found: the search does not work";
        EXPECT_GE(verified, 2);
        std::cout << pieces.size() << " pieces, " << frames << " of the frames, " << verified
                  << " face visits; found while they were there:\n"
                  << in_words(all_found);
    }
    expect_nothing_left("after the visits");
    EXPECT_EQ(desk.visit(number).decision, "verified");
    expect_nothing_left("after one visit more");

    // All of it had a place in the arena.
    desk.daemon().signal(SIGTERM);
    EXPECT_EQ(desk.daemon().wait(), 0);
    const std::string log = desk.daemon().log();
    const auto told = log.find("memory: ");
    ASSERT_NE(told, std::string::npos) << log;
    std::cout << log.substr(told, log.find('\n', told) - told) << '\n';
    EXPECT_NE(log.find(", 0 requests did not fit"), std::string::npos);

    // What it wrote: log, record, idempotency_keys, key.
    Pieces::Finds written;
    for (const auto& entry : fs::directory_iterator(desk.folder())) {
        if (!entry.is_regular_file() || entry.path().filename() == "card.json") // the issuer's own words
            continue;
        const Bytes bytes = read_file(entry.path());
        pieces.find_in(bytes, entry.path().filename().string(), 0, written);
        const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        EXPECT_EQ(text.find(desk.number(card)), std::string_view::npos) << entry.path();
    }
    EXPECT_TRUE(written.empty()) << in_words(written.kinds) << written.where;
}

} // namespace
} // namespace kaomon::test
