#include "drivers/card/pcsc/call.hpp"

#include <gtest/gtest.h>

#include <tuple>

namespace kaomon::card::pcsc {
namespace {

struct Row {
    LONG code;
    Reason reason;
};

class CallTest : public ::testing::TestWithParam<Row> {};

TEST_P(CallTest, EveryCodeHasItsReason) {
    const auto result = check(GetParam().code, "SCardSomething");
    ASSERT_FALSE(result);
    EXPECT_EQ(word(result.error().reason), word(GetParam().reason));
}

INSTANTIATE_TEST_SUITE_P(
    Codes, CallTest,
    ::testing::Values(
        Row{SCARD_E_NO_SERVICE, Reason::reader_service_down},
        Row{SCARD_E_SERVICE_STOPPED, Reason::reader_service_down},
        Row{SCARD_E_INVALID_HANDLE, Reason::reader_service_down},
        Row{SCARD_F_COMM_ERROR, Reason::reader_service_down},
        Row{SCARD_F_INTERNAL_ERROR, Reason::reader_service_down},
        Row{SCARD_E_SERVER_TOO_BUSY, Reason::reader_service_down},
        Row{SCARD_E_NO_ACCESS, Reason::reader_service_down},
        Row{SCARD_W_SECURITY_VIOLATION, Reason::reader_service_down},
        Row{SCARD_P_SHUTDOWN, Reason::reader_service_down},
        Row{SCARD_E_SYSTEM_CANCELLED, Reason::reader_service_down},
        Row{SCARD_E_UNKNOWN_READER, Reason::no_reader}, Row{SCARD_E_READER_UNAVAILABLE, Reason::no_reader},
        Row{SCARD_E_READER_UNSUPPORTED, Reason::no_reader},
        Row{SCARD_E_NO_READERS_AVAILABLE, Reason::no_reader},
        Row{SCARD_E_SHARING_VIOLATION, Reason::reader_busy}, Row{SCARD_E_NO_SMARTCARD, Reason::no_card},
        Row{SCARD_W_UNRESPONSIVE_CARD, Reason::card_mute}, Row{SCARD_W_UNPOWERED_CARD, Reason::card_mute},
        Row{SCARD_W_UNSUPPORTED_CARD, Reason::card_mute}, Row{SCARD_E_PROTO_MISMATCH, Reason::card_mute},
        Row{SCARD_E_NOT_READY, Reason::card_mute}, Row{SCARD_W_REMOVED_CARD, Reason::card_removed},
        Row{SCARD_W_RESET_CARD, Reason::card_removed}, Row{SCARD_E_NOT_TRANSACTED, Reason::card_removed},
        Row{SCARD_E_COMM_DATA_LOST, Reason::card_removed}, Row{SCARD_E_NO_MEMORY, Reason::internal_error},
        Row{SCARD_E_INSUFFICIENT_BUFFER, Reason::card_error},
        Row{SCARD_E_CARD_UNSUPPORTED, Reason::card_error}, Row{SCARD_F_UNKNOWN_ERROR, Reason::card_error},
        Row{SCARD_E_INVALID_VALUE, Reason::card_error}),
    [](const auto& row) {
        char name[16];
        std::snprintf(name, sizeof name, "x%08lX", static_cast<unsigned long>(row.param.code) & 0xFFFFFFFFUL);
        return std::string(name);
    });

TEST(Call, SuccessIsNoFailure) {
    EXPECT_TRUE(check(SCARD_S_SUCCESS, "SCardSomething"));
}

TEST(Call, TheDetailNamesTheCallAndTheCode) {
    const auto result = check(SCARD_E_SHARING_VIOLATION, "SCardConnect");
    ASSERT_FALSE(result);
    EXPECT_TRUE(result.error().detail.starts_with("SCardConnect: ")) << result.error().detail;
    EXPECT_TRUE(result.error().detail.ends_with("(8010000B)")) << result.error().detail;
}

} // namespace
} // namespace kaomon::card::pcsc
