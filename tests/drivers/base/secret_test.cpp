#include "drivers/base/arena.hpp"
#include "drivers/base/secret.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <string>

namespace kaomon {
namespace {

// The line of /proc/self/smaps with the flags of the mapping that holds `address`.
std::string mapping_flags(const void* address) {
    const auto wanted = reinterpret_cast<std::uintptr_t>(address);
    std::ifstream maps("/proc/self/smaps");
    std::string line;
    bool inside = false;
    while (std::getline(maps, line)) {
        std::uintptr_t first = 0, end = 0;
        char rest = 0;
        if (std::sscanf(line.c_str(), "%lx-%lx %c", &first, &end, &rest) == 3)
            inside = first <= wanted && wanted < end;
        if (inside && line.starts_with("VmFlags:"))
            return line + ' ';
    }
    return "";
}

TEST(Secret, LargeBlocksStayOutOfCoreDumps) {
    const SecretBytes large(100'000, 0x42);
    EXPECT_NE(mapping_flags(large.data()).find(" dd "), std::string::npos) << mapping_flags(large.data());
}

TEST(Secret, BlocksKeepWhatIsWrittenAtEverySize) {
    for (const std::size_t size : {1U, 15U, 4095U, 4096U, 4097U, 1'000'000U}) {
        SecretBytes bytes(size, 0x5A);
        bytes.back() = 1;
        const SecretBytes copy = bytes;
        EXPECT_EQ(std::ranges::count(copy, 0x5A), static_cast<std::ptrdiff_t>(size - 1));
    }
}

struct Key {
    std::array<unsigned char, 32> bytes;
};

TEST(Secret, AValueIsCopiedDeepAndMovedWithoutACopy) {
    Secret<Key> first(Key{{1, 2, 3}});
    Secret<Key> copy = first;
    copy.get().bytes[1] = 9;
    EXPECT_EQ(first.get().bytes[1], 2);
    const Key* place = &first.get();
    const Secret<Key> moved = std::move(first);
    EXPECT_EQ(&moved.get(), place);
    EXPECT_EQ(Secret<Key>().get().bytes[0], 0);
}

TEST(Secret, WipeOverwrites) {
    std::array<unsigned char, 8> bytes{1, 2, 3, 4, 5, 6, 7, 8};
    wipe(bytes.data(), 4);
    EXPECT_EQ(bytes, (std::array<unsigned char, 8>{0, 0, 0, 0, 5, 6, 7, 8}));
}

TEST(SecretText, KeepsItsCharacters) {
    EXPECT_EQ(SecretText("1234").view(), "1234");
    EXPECT_TRUE(SecretText().empty());
}

// The last of this file: the arena stays for the rest of the process.
TEST(SecretArena, HoldsSecretsFromThenOnAndForgetsThem) {
    const SecretBytes before(100'000, 0x11);
    ASSERT_EQ(secret_arena(), nullptr);
    ASSERT_TRUE(open_secret_arena(1 << 20));
    EXPECT_FALSE(open_secret_arena(1 << 20)) << "one is enough";
    {
        const SecretBytes copy = before; // a block from before lives on beside it
        EXPECT_TRUE(secret_arena()->holds(copy.data()));
        const Secret<Key> key(Key{{1}});
        EXPECT_TRUE(secret_arena()->holds(&key.get()));
        EXPECT_TRUE(secret_arena()->holds(SecretText("1234").view().data()));
        EXPECT_NE(mapping_flags(copy.data()).find(" dd "), std::string::npos);
        const SecretBytes too_large(2 << 20, 0x42); // more than it has: a mapping of its own
        EXPECT_FALSE(secret_arena()->holds(too_large.data()));
        EXPECT_NE(mapping_flags(too_large.data()).find(" dd "), std::string::npos);
    }
    EXPECT_EQ(secret_arena()->figures().taken, 0U);
    EXPECT_EQ(secret_arena()->figures().turned_away, 1U);
}

} // namespace
} // namespace kaomon
