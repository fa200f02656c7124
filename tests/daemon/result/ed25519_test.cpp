#include "daemon/result/base64url.hpp"
#include "daemon/result/ed25519.hpp"

#include <gtest/gtest.h>

namespace kaomon::result {
namespace {

// RFC 8037 appendix A.
const std::string d = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
const std::string x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
const std::string signing_input = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
const std::string signature =
    "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

TEST(Ed25519, AgreesWithRfc8037) {
    const KeyHandle key = key_from_seed(*from_base64url(d));
    ASSERT_TRUE(key);
    const PublicKey half = *public_key(key.get());
    EXPECT_EQ(to_base64url(ByteView(half)), x);                                    // A.1, A.2
    EXPECT_EQ(thumbprint(half), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");    // A.3
    EXPECT_EQ(to_base64url(ByteView(*sign(key.get(), signing_input))), signature); // A.4
    EXPECT_TRUE(verify(half, signing_input, *from_base64url(signature)));          // A.5
}

TEST(Ed25519, RefusesAnythingElse) {
    const KeyHandle key = key_from_seed(*from_base64url(d));
    const PublicKey half = *public_key(key.get());
    Bytes bytes = *from_base64url(signature);
    EXPECT_FALSE(verify(half, signing_input + " ", bytes));
    EXPECT_FALSE(verify(*public_key(make_key().get()), signing_input, bytes));
    EXPECT_FALSE(verify(half, signing_input, ByteView(bytes).first(63)));
    EXPECT_FALSE(verify(half, signing_input, {}));
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] ^= 1;
        EXPECT_FALSE(verify(half, signing_input, bytes)) << i;
        bytes[i] ^= 1;
    }
    EXPECT_FALSE(key_from_seed(Bytes(31)));
}

} // namespace
} // namespace kaomon::result
