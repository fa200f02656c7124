// Where the device's key comes from, and that its loss is not mended by a new one without a word.
#include "daemon/result/jws.hpp"
#include "daemon/result/key_file.hpp"
#include "daemon/result/known_keys.hpp"
#include "drivers/base/arena.hpp"
#include "tests/component/process_memory.hpp"
#include "tests/daemon/result/samples.hpp"

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace kaomon::result {
namespace {

using testing::Folder;
using ::testing::HasSubstr;
using testing::sample_claims;

const Claims claims = sample_claims();
const Expectation in_time{claims.nonce, claims.iat + 1};

struct SigningKeys : ::testing::Test {
    Folder folder;
    std::filesystem::path file = folder / "key.pem";

    SigningKey load(bool began_before = false) const {
        return SigningKey::load_or_create(file, began_before).value();
    }
    Failure refused(bool began_before = false) const {
        const auto key = SigningKey::load_or_create(file, began_before);
        EXPECT_FALSE(key);
        return key ? Failure{Reason::match, {}} : key.error();
    }
};

TEST_F(SigningKeys, AreMadeAtTheFirstStartOnly) {
    const std::string id = load().key_id();
    EXPECT_EQ(load().key_id(), id);
    std::filesystem::remove(file);
    const Failure lost = refused();
    EXPECT_EQ(lost.reason, Reason::key_missing);
    EXPECT_THAT(lost.detail, HasSubstr("kaomonctl key make --replace-lost"));
    EXPECT_FALSE(std::filesystem::exists(file)) << "a new key without a word";
}

TEST_F(SigningKeys, AreNotMadeWhereARecordTellsThatThereWasOne) {
    EXPECT_EQ(refused(true).reason, Reason::key_missing);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST_F(SigningKeys, ThatAreMadeByHandAreTheFirst) {
    ASSERT_TRUE(create_seed(file));
    EXPECT_EQ(load().key_id(), thumbprint(*public_key_of(*load_seed(file))));
}

TEST_F(SigningKeys, ADamagedOneIsNotReplaced) {
    const auto id = load().key_id();
    std::ofstream(file) << "half a key";
    EXPECT_EQ(refused().reason, Reason::key_unreadable);
    EXPECT_EQ(testing::read_text(file), "half a key");
    std::ofstream(known_keys_file(file)) << "{";
    EXPECT_EQ(refused().reason, Reason::key_unreadable);
}

// Announced, used, retired: at every step what was signed before verifies under what was given out then.
TEST_F(SigningKeys, RotateWithOverlap) {
    const SigningKey first = load();
    const std::string before = first.sign(claims);
    ASSERT_TRUE(create_seed(next_key_file(file)));
    const SigningKey overlap = load();
    EXPECT_EQ(overlap.key_id(), first.key_id()) << "the announced key does not sign yet";
    const std::string given_out = overlap.jwk_set();
    std::filesystem::rename(next_key_file(file), file);
    const SigningKey second = load();
    EXPECT_NE(second.key_id(), first.key_id());
    EXPECT_TRUE(second.replaced().empty()) << second.replaced();
    const std::string after = second.sign(claims);
    EXPECT_TRUE(check(after, given_out, in_time)) << "who fetched the keys during the overlap needs no other";
    EXPECT_TRUE(check(before, second.jwk_set(), in_time));
    EXPECT_FALSE(check(after, first.jwk_set(), in_time));
    EXPECT_FALSE(std::filesystem::exists(next_key_file(file)));
}

TEST_F(SigningKeys, AnotherOneThatNobodyAnnouncedIsTold) {
    load();
    std::filesystem::remove(file);
    ASSERT_TRUE(create_seed(file));
    EXPECT_THAT(load().replaced(), HasSubstr("not announced"));
    EXPECT_TRUE(load().replaced().empty()) << "known from then on";
}

TEST_F(SigningKeys, ACredentialOfSystemdGoesFirst) {
    const std::filesystem::path passed = folder / "credentials";
    std::filesystem::create_directory(passed);
    ASSERT_TRUE(create_seed(passed / "signing-key.pem"));
    setenv("CREDENTIALS_DIRECTORY", passed.c_str(), 1);
    const auto key = SigningKey::load_or_create(file);
    std::filesystem::remove(passed / "signing-key.pem");
    const auto without = SigningKey::load_or_create(file);
    unsetenv("CREDENTIALS_DIRECTORY");
    ASSERT_TRUE(key) << key.error().detail;
    EXPECT_FALSE(std::filesystem::exists(file)) << "no key of its own beside it";
    EXPECT_EQ(without.error().reason, Reason::key_missing) << "it was passed before and is not now";
}

TEST_F(SigningKeys, TellTheirSignaturesApartByType) {
    const SigningKey key = load();
    const std::string head = key.sign("kaomon-audit-head+jws", "{}");
    EXPECT_EQ(open_jws(head, key.all_keys(), "kaomon-audit-head+jws"), "{}");
    EXPECT_THAT(check(head, key.jwk_set(), in_time).error().detail, HasSubstr("not a Kaomon result"));
    EXPECT_THAT(open_jws(key.sign(claims), key.all_keys(), "kaomon-audit-head+jws").error().detail,
                HasSubstr("another type"));
}

// In a process of its own, which loads the key as the daemon does and signs: the seed stands in the arena,
// once, and nowhere else, neither raw nor as its file's text.
TEST_F(SigningKeys, TheSeedStandsInLockedMemoryOnly) {
    if (geteuid() != 0)
        GTEST_SKIP() << "only root may look into another process's memory";
    load();
    int begun[2];
    ASSERT_EQ(pipe(begun), 0);
    const pid_t child = fork();
    if (child == 0) {
        if (!open_secret_arena(std::size_t{4} << 20))
            _exit(1);
        {
            const SigningKey key = load();
            for (int i = 0; i < 20; ++i)
                (void)key.sign(claims);
            const Arena* const arena = secret_arena();
            const std::uint64_t ready = arena->figures().size;
            (void)!write(begun[1], &ready, sizeof ready);
            pause();
        }
        _exit(0);
    }
    std::uint64_t size = 0;
    ASSERT_EQ(read(begun[0], &size, sizeof size), static_cast<ssize_t>(sizeof size));
    const SecretBytes seed = *load_seed(file); // here, after the fork
    const std::string text = testing::read_text(file);
    test::Pieces pieces;
    pieces.add("seed", ByteView(seed));
    pieces.add("its text", std::string_view(text).substr(text.find('\n') + 23, 40));
    int in_arena = 0;
    test::Pieces::Finds elsewhere;
    EXPECT_TRUE(test::each_region(child, [&](const test::Region& region) {
        test::Pieces::Finds finds;
        pieces.find_in(region.bytes, region.name, region.start, finds);
        // the arena: the mapping of its size
        if (region.bytes.size() == size)
            in_arena += finds.kinds["seed"];
        else if (!finds.empty())
            pieces.find_in(region.bytes, region.name, region.start, elsewhere);
    }));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    close(begun[0]);
    close(begun[1]);
    EXPECT_GE(in_arena, 1) << "the search does not work";
    EXPECT_TRUE(elsewhere.empty()) << elsewhere.where;
}

} // namespace
} // namespace kaomon::result
