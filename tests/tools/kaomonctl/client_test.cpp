#include "tools/kaomonctl/client.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <thread>

namespace kaomon::kaomonctl {
namespace {

// What a client makes of one reply.
std::expected<Reply, LinkTrouble> answered_with(std::string text) {
    char folder[] = "/tmp/kaomon-client-XXXXXX";
    const std::string path = std::string(mkdtemp(folder)) + "/socket";
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, path.size());
    const UniqueFd listener(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    EXPECT_EQ(bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(listen(listener.get(), 1), 0);
    std::jthread server([&] {
        const UniqueFd peer(accept(listener.get(), nullptr, nullptr));
        char call[4096];
        while (recv(peer.get(), call, sizeof call, 0) > 0 && std::memchr(call, 0, sizeof call) == nullptr) {
        }
        text.push_back('\0');
        EXPECT_EQ(send(peer.get(), text.data(), text.size(), MSG_NOSIGNAL),
                  static_cast<ssize_t>(text.size()));
    });
    auto client = Client::connect(path);
    auto reply = client ? client->call("a.B") : std::unexpected(client.error());
    server.join();
    std::filesystem::remove_all(folder);
    return reply;
}

TEST(Client, NullIsAbsentAndUnknownMembersArePassedOver) {
    for (const char* text : {R"({})", R"({"parameters":null})", R"({"error":null,"continues":null})",
                             R"({"parameters":{},"sequence":7,"fds":[]})"}) {
        const auto reply = answered_with(text);
        ASSERT_TRUE(reply) << text;
        EXPECT_TRUE(reply->parameters.empty()) << text;
        EXPECT_TRUE(reply->error.empty()) << text;
        EXPECT_FALSE(reply->continues) << text;
    }
    const auto error = answered_with(R"({"error":"a.Bad","parameters":null})");
    ASSERT_TRUE(error);
    EXPECT_EQ(error->error, "a.Bad");
}

TEST(Client, AMemberOfAnotherTypeIsNoSuccess) {
    for (const char* text : {R"({"error":7})", R"({"error":{"name":"a.Bad"}})", R"({"parameters":[]})",
                             R"({"continues":"yes"})", "[]", "null"})
        EXPECT_FALSE(answered_with(text)) << text;
}

} // namespace
} // namespace kaomon::kaomonctl
