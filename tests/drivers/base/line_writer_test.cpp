#include "drivers/base/line_writer.hpp"
#include "drivers/base/unique_fd.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string>

namespace kaomon {
namespace {

struct Channel {
    UniqueFd reader, writer;
};

Channel channel(bool socket) {
    std::array<int, 2> ends{};
    EXPECT_EQ(socket ? socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) : pipe(ends.data()), 0);
    return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

std::string drained(int descriptor) {
    fcntl(descriptor, F_SETFL, O_NONBLOCK);
    std::string all;
    std::array<char, 65536> some{};
    for (ssize_t n = 0; (n = read(descriptor, some.data(), some.size())) > 0;)
        all.append(some.data(), static_cast<std::size_t>(n));
    return all;
}

struct LineWriterTo : testing::TestWithParam<bool> {};

TEST_P(LineWriterTo, AReaderThatStandsStillIsNeverWaitedFor) {
    const Channel to = channel(GetParam());
    LineWriter writer(to.writer.get());
    const std::string line(100, 'x');
    std::size_t written = 0;
    for (int i = 0; i < 20'000; ++i)
        written += writer.write(line);
    EXPECT_GT(written, 100U);
    EXPECT_EQ(writer.lost(), 20'000 - written);
    EXPECT_EQ(writer.lost(), 0U);
    const std::string read_late = drained(to.reader.get());
    EXPECT_GE(std::ranges::count(read_late, '\n'), static_cast<std::ptrdiff_t>(written) - 1);
    EXPECT_TRUE(writer.write("and goes on")) << "as soon as it is read again";
    EXPECT_TRUE(drained(to.reader.get()).ends_with("and goes on\n"));
}

TEST_P(LineWriterTo, ALineIsALine) {
    const Channel to = channel(GetParam());
    LineWriter writer(to.writer.get());
    writer.write("one");
    writer.write("two\n");
    writer.write(std::string(100'000, 'y'));
    const std::string all = drained(to.reader.get());
    EXPECT_TRUE(all.starts_with("one\ntwo\nyyy"));
    EXPECT_TRUE(all.ends_with("y\n"));
    EXPECT_LE(all.size(), 8 + LineWriter::longest_line);
}

INSTANTIATE_TEST_SUITE_P(PipeAndSocket, LineWriterTo, testing::Bool(),
                         [](const auto& one) { return std::string(one.param ? "Socket" : "Pipe"); });

TEST(LineWriter, NobodyThereIsALostLine) {
    EXPECT_FALSE(LineWriter(-1).write("x"));
    Channel to = channel(true);
    to.reader.reset();
    LineWriter writer(to.writer.get());
    EXPECT_FALSE(writer.write("x")) << "and no signal";
    EXPECT_EQ(writer.lost(), 1U);
}

} // namespace
} // namespace kaomon
