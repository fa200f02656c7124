#include "drivers/base/arena.hpp"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <thread>
#include <vector>

namespace kaomon {
namespace {

constexpr std::size_t size = std::size_t{1} << 20;

std::unique_ptr<Arena> mapped() {
    auto arena = Arena::map(size);
    EXPECT_TRUE(arena);
    return std::move(*arena);
}

TEST(Arena, GivesBlocksThatAreZeroAndAlignedAndApart) {
    const auto arena = mapped();
    std::vector<std::pair<unsigned char*, std::size_t>> blocks;
    for (const std::size_t bytes :
         {std::size_t{1}, std::size_t{64}, std::size_t{65}, std::size_t{5000}, std::size_t{100'000}}) {
        auto* const block = static_cast<unsigned char*>(arena->take(bytes));
        ASSERT_NE(block, nullptr);
        EXPECT_TRUE(arena->holds(block));
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % 64, 0U);
        EXPECT_TRUE(std::all_of(block, block + bytes, [](unsigned char c) { return c == 0; }));
        std::memset(block, static_cast<int>(blocks.size() + 1), bytes);
        blocks.emplace_back(block, bytes);
    }
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const auto [block, bytes] = blocks[i];
        EXPECT_TRUE(std::all_of(block, block + bytes, [&](unsigned char c) { return c == i + 1; }));
        arena->give_back(block, bytes);
    }
    EXPECT_EQ(arena->figures().taken, 0U);
    int outside = 0;
    EXPECT_FALSE(arena->holds(&outside));
}

TEST(Arena, BecomesOneBlockAgain) {
    const auto arena = mapped();
    std::mt19937 random(7);
    std::vector<std::pair<void*, std::size_t>> blocks;
    for (int i = 0; i < 20'000; ++i) {
        if (random() % 2 == 0 || blocks.empty()) {
            const std::size_t bytes = std::size_t{1} << random() % 17;
            if (void* block = arena->take(bytes)) {
                std::memset(block, 0xA5, bytes);
                blocks.emplace_back(block, bytes);
            }
        } else {
            std::swap(blocks[random() % blocks.size()], blocks.back());
            arena->give_back(blocks.back().first, blocks.back().second);
            blocks.pop_back();
        }
    }
    EXPECT_GT(arena->figures().turned_away, 0U) << "it was never full";
    for (const auto& [block, bytes] : blocks)
        arena->give_back(block, bytes);
    auto* const whole = static_cast<unsigned char*>(arena->take(size));
    ASSERT_NE(whole, nullptr);
    EXPECT_TRUE(std::all_of(whole, whole + size, [](unsigned char c) { return c == 0; }))
        << "something was left behind";
    EXPECT_EQ(arena->take(1), nullptr) << "full is full";
    arena->give_back(whole, size);
    EXPECT_EQ(arena->take(size + 1), nullptr);
    EXPECT_EQ(arena->take(std::size_t{1} << 60), nullptr);
}

TEST(Arena, ServesThreads) {
    const auto arena = mapped();
    {
        std::vector<std::jthread> threads;
        for (unsigned t = 0; t < 4; ++t) {
            threads.emplace_back([&arena, t] {
                std::mt19937 random(t);
                for (int i = 0; i < 2'000; ++i) {
                    const std::size_t bytes = 1 + random() % 5'000;
                    auto* const block = static_cast<unsigned char*>(arena->take(bytes));
                    ASSERT_NE(block, nullptr);
                    std::memset(block, static_cast<int>(t), bytes);
                    ASSERT_TRUE(std::all_of(block, block + bytes, [t](unsigned char c) { return c == t; }));
                    arena->give_back(block, bytes);
                }
            });
        }
    }
    EXPECT_EQ(arena->figures().taken, 0U);
}

// What a child sees of the block is its exit code; a fault ends it by a signal.
int seen_by_a_child(const volatile unsigned char* place) {
    const pid_t child = fork();
    if (child == 0) {
        signal(SIGSEGV, SIG_DFL);
        _exit(*place);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

TEST(Arena, IsEmptyInAChild) {
    const auto arena = mapped();
    auto* const whole = static_cast<unsigned char*>(arena->take(size));
    ASSERT_NE(whole, nullptr);
    std::memset(whole, 0x42, size);
    EXPECT_EQ(seen_by_a_child(whole), 0);
    arena->give_back(whole, size);
}

TEST(Arena, AnImpossibleSizeIsAReason) {
    EXPECT_EQ(Arena::map(std::size_t{1} << 50).error().reason, Reason::internal_error);
}

} // namespace
} // namespace kaomon
