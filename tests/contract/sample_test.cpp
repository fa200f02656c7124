// The samples of proto/samples are run as they are.
#include "tests/daemon/socket/program.hpp"
#include "tests/daemon/socket/signing_desk.hpp"

#include <gmock/gmock.h>

#include <fstream>

namespace kaomon {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

struct Samples : ::testing::Test {
    Samples() { std::ofstream(number) << "12345678901234\n"; }
    testing::SigningDesk desk;
    std::string number = desk.folder() / "number";
    std::string folder = KAOMON_SOURCE_DIR "/proto/samples/";
};

TEST_F(Samples, Python) {
    const auto ended = testing::run_program({"python3", folder + "verify.py", desk.path(), number});
    EXPECT_EQ(ended.code, 0) << ended.err;
    EXPECT_THAT(ended.out, AllOf(HasSubstr("waiting_card マイナンバーカードを置いてください。\n"),
                                 HasSubstr("verified ご本人と確認できました。\n"), HasSubstr("result eyJ")));
    desk.run([](auto& at) { EXPECT_EQ(at.request.access_number->number->view(), "12345678901234"); });
}

TEST_F(Samples, PythonTellsErrors) {
    desk.run([](auto& at) { at.refusal = session::Refusal{Reason::busy, Milliseconds{500}, {}}; });
    const auto ended = testing::run_program({"python3", folder + "verify.py", desk.path(), number});
    EXPECT_EQ(ended.code, 1);
    EXPECT_THAT(ended.err, HasSubstr("org.kaomon.Verification.Busy"));
}

TEST_F(Samples, NodeChecksTheSignature) {
    auto ended = testing::run_program({"node", folder + "verify.mjs", desk.path(), number});
    EXPECT_EQ(ended.code, 0) << ended.err << ended.out;
    EXPECT_THAT(ended.out, AllOf(HasSubstr("verified match"), HasSubstr("simulated: card, camera")));
    desk.run([&](auto&) { desk.change = [](result::Claims& said) { said.nonce = "another nonce 00"; }; });
    ended = testing::run_program({"node", folder + "verify.mjs", desk.path(), number});
    EXPECT_EQ(ended.code, 1);
    EXPECT_THAT(ended.out, HasSubstr("not to be trusted"));
}

} // namespace
} // namespace kaomon
