#include "drivers/base/secret.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <new>
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

TEST(Secret, AValueIsWipedWhenItGoes) {
    struct Key {
        std::array<unsigned char, 32> bytes;
    };
    alignas(Secret<Key>) std::array<unsigned char, sizeof(Secret<Key>)> place{};
    auto* secret = new (place.data()) Secret<Key>(Key{{1, 2, 3}});
    EXPECT_EQ(secret->get().bytes[1], 2);
    secret->~Secret<Key>();
    volatile unsigned char* seen = place.data(); // what is left in the place itself
    for (std::size_t i = 0; i < place.size(); ++i)
        ASSERT_EQ(seen[i], 0) << i;
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

} // namespace
} // namespace kaomon
