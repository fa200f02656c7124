#include "daemon/gateway/endpoint.hpp"

#include <gtest/gtest.h>

namespace kaomon::gateway {
namespace {

TEST(Endpoint, IsAnAddressAndAPort) {
    EXPECT_EQ(read_endpoint("192.0.2.5:8651")->address, "192.0.2.5");
    EXPECT_EQ(read_endpoint("[2001:DB8:0::5]:8651")->address, "2001:db8::5");
    EXPECT_EQ(read_endpoint("[::]:1")->port, 1);
    for (const char* wrong :
         {"", "192.0.2.5", "192.0.2.5:", "192.0.2.5:0", "192.0.2.5:65536", "192.0.2.5:8651x", "192.0.2.5:-1",
          "[192.0.2.5]:8651", "2001:db8::5:8651", "2001:db8::5", "desk:8651", ":8651", "192.0.2.05:8651",
          "[::1", "192.0.2.5: 8651"})
        EXPECT_FALSE(read_endpoint(wrong)) << wrong;
    EXPECT_FALSE(read_endpoint(std::string_view("192.0.2.5\0:8651", 15)));
}

TEST(Endpoint, NamesAreAsInCertificates) {
    for (const char* name : {"desk", "desk-1.clinic.example", "1a"})
        EXPECT_TRUE(is_dns_name(name)) << name;
    for (const char* name : {"", ".", "desk.", ".desk", "a..b", "-desk", "desk-", "desk_1", "desk:1",
                             "192.0.2.5", "::1", "*.example", "受付"})
        EXPECT_FALSE(is_dns_name(name)) << name;
    EXPECT_FALSE(is_dns_name(std::string(64, 'a')));
    EXPECT_TRUE(is_any_address("::"));
    EXPECT_FALSE(is_any_address("127.0.0.1"));
}

TEST(Endpoint, AnOriginIsAsABrowserSendsIt) {
    for (const char* origin : {"https://reception.example", "https://reception.example:8443",
                               "https://192.0.2.5", "https://[2001:db8::5]", "https://[2001:db8::5]:8443"})
        EXPECT_TRUE(is_tls_origin(origin)) << origin;
    for (const char* wrong :
         {"", "https://", "null", "*", "http://reception.example", "https://reception.example/",
          "https://Reception.example", "https://reception.example:443",
          "https://reception.example:", "https://reception.example:08443", "https://reception.example:65536",
          "https://a b", "https://user@reception.example", "https://*.example", "https://[2001:DB8::5]",
          "https://[]", "https://[", "https://[192.0.2.5]", "https://2001:db8::5"})
        EXPECT_FALSE(is_tls_origin(wrong)) << wrong;
}

} // namespace
} // namespace kaomon::gateway
