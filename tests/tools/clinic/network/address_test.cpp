#include "tools/clinic/network/address.hpp"
#include "tools/clinic/network/expectation.hpp"
#include "tools/clinic/network/host.hpp"

#include <gtest/gtest.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdlib.h>

#include <cstring>
#include <fstream>

namespace kaomon::network {
namespace {

std::uint32_t scope_of(const std::string& text) {
    const auto address = read_address(text, 53);
    if (!address || address->family != AF_INET6)
        return 0;
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address->storage, sizeof v6);
    EXPECT_EQ(ntohs(v6.sin6_port), 53);
    return v6.sin6_scope_id;
}

TEST(Address, KeepsItsScope) {
    const std::uint32_t loopback = if_nametoindex("lo");
    ASSERT_NE(loopback, 0U);
    EXPECT_EQ(scope_of("fe80::53%lo"), loopback);
    EXPECT_EQ(scope_of("fe80::53%7"), 7U);
    EXPECT_EQ(scope_of("fe80::53"), 0U);
    EXPECT_NE(scope_of("fe80::53%not-there0"), 0U) << "another interface is not any interface";
    EXPECT_EQ(read_address("192.0.2.7")->family, AF_INET);
    EXPECT_EQ(read_address("2001:db8::7")->family, AF_INET6);
}

TEST(Address, RefusesWhatIsNone) {
    for (const char* text :
         {"", "name.test", "192.0.2", "192.0.2.7%lo", "192.0.2.256", "fe80::53%", "fe80::53%a b",
          "fe80::53%lo%lo", "fe80::53%a/b", "fe80:::1", "%lo", "fe80::53%name-over-15-characters"})
        EXPECT_FALSE(read_address(text)) << text;
}

TEST(Address, ResolvConfAndExpectationsKeepTheScope) {
    char name[] = "/tmp/kaomon-resolv-XXXXXX";
    const int file = mkstemp(name);
    ASSERT_GE(file, 0);
    std::ofstream(name)
        << "# nameserver 192.0.2.1\nnameserver fe80::53%lo\n  nameserver\t192.0.2.7 # second\n"
           "nameserver\nnameserver dns.test\noptions edns0\nsearch nameserver 192.0.2.9\n";
    EXPECT_EQ(look_at_host("", name).resolvers, (std::vector<std::string>{"fe80::53%lo", "192.0.2.7"}));
    close(file);
    unlink(name);
    const auto line = parse("[a]\ndns = [\"fe80::53%lo\"]\nhosts = [\"fe80::1%lo 443\"]\n");
    ASSERT_TRUE(line);
    EXPECT_EQ(line->front().dns.front(), "fe80::53%lo");
    EXPECT_EQ(line->front().hosts.front().host, "fe80::1%lo");
    EXPECT_FALSE(parse("[a]\nhosts = [\"name%lo 443\"]\n"));
    EXPECT_FALSE(parse("[a]\ndns = [\"192.0.2.7%lo\"]\n"));
}

} // namespace
} // namespace kaomon::network
