#include "tools/clinic/network/dns.hpp"

#include <gtest/gtest.h>

namespace kaomon::network::dns {
namespace {

// An answer to query(7, "hweb.line.test", a): the question, a CNAME, and an address whose name is a pointer.
Bytes answer() {
    Bytes bytes{0, 7, 0x81, 0x80, 0, 1, 0, 2, 0, 0, 0, 0};
    const Bytes name{4, 'h', 'w', 'e', 'b', 4, 'l', 'i', 'n', 'e', 4, 't', 'e', 's', 't', 0};
    bytes.insert(bytes.end(), name.begin(), name.end());
    for (const int byte : {0, 1, 0, 1})
        bytes.push_back(static_cast<std::uint8_t>(byte));
    for (const int byte : {0xC0, 12, 0, 5, 0, 1, 0, 0, 0, 60, 0, 2, 0xC0, 17})
        bytes.push_back(static_cast<std::uint8_t>(byte));
    for (const int byte : {0xC0, 17, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 10, 77, 0, 1})
        bytes.push_back(static_cast<std::uint8_t>(byte));
    return bytes;
}

TEST(Dns, ReadsAddressesBehindPointersAndOtherRecords) {
    const auto read_answer = read(answer(), 7, "HWEB.line.test.", Type::a);
    ASSERT_TRUE(read_answer);
    EXPECT_EQ(read_answer->code, 0);
    EXPECT_EQ(read_answer->addresses, std::vector<std::string>{"10.77.0.1"});
}

TEST(Dns, IsNoAnswerToAnotherQuestion) {
    EXPECT_FALSE(read(answer(), 8, "hweb.line.test", Type::a));
    EXPECT_FALSE(read(answer(), 7, "other.line.test", Type::a));
    EXPECT_FALSE(read(answer(), 7, "hweb.line.test", Type::aaaa));
    Bytes question = query(7, "hweb.line.test", Type::a);
    EXPECT_FALSE(read(question, 7, "hweb.line.test", Type::a)) << "a question is no answer";
}

TEST(Dns, EndsOnEveryCutAndEveryLoop) {
    const Bytes whole = answer();
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_FALSE(read(ByteView(whole).first(size), 7, "hweb.line.test", Type::a)) << size;
    Bytes loop = whole;
    loop[33] = 32; // the first record's name points at itself
    EXPECT_FALSE(read(loop, 7, "hweb.line.test", Type::a));
}

TEST(Dns, TellsWhatTheServerSays) {
    Bytes refused = answer();
    refused[3] = 0x85; // refused
    refused[7] = 0;    // no answers
    EXPECT_EQ(read(refused, 7, "hweb.line.test", Type::a)->code, 5);
    Bytes cut = answer();
    cut[2] |= 2U;
    EXPECT_TRUE(read(cut, 7, "hweb.line.test", Type::a)->cut);
}

TEST(Dns, TellsWhetherTheServerKnowsEdns) {
    EXPECT_FALSE(read(answer(), 7, "hweb.line.test", Type::a)->edns);
    Bytes with = answer();
    with[9] = 1; // an authority record, which is no OPT whatever it says
    with[11] = 1;
    for (const int byte : {0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 0, 0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 0})
        with.push_back(static_cast<std::uint8_t>(byte));
    EXPECT_TRUE(read(with, 7, "hweb.line.test", Type::a)->edns);
    Bytes old = with;
    old[old.size() - 6] = 1; // BADVERS: 16
    EXPECT_EQ(read(old, 7, "hweb.line.test", Type::a)->code, 16);
    with.resize(with.size() - 3);
    const auto cut = read(with, 7, "hweb.line.test", Type::a);
    ASSERT_TRUE(cut) << "what is broken behind the answers";
    EXPECT_EQ(cut->addresses.size(), 1U);
    EXPECT_FALSE(cut->edns);
}

TEST(Dns, AServerThatDidNotUnderstandNeedNotRepeatTheQuestion) {
    for (const std::uint8_t code : std::initializer_list<std::uint8_t>{1, 4}) {
        const auto bare = read(Bytes{0, 7, 0x81, code, 0, 0, 0, 0, 0, 0, 0, 0}, 7, "hweb.line.test", Type::a);
        ASSERT_TRUE(bare);
        EXPECT_EQ(bare->code, code);
        EXPECT_TRUE(
            read(Bytes{0, 7, 0x81, code, 0, 1, 0, 0, 0, 0, 0, 0, 9, 9}, 7, "hweb.line.test", Type::a));
    }
    EXPECT_FALSE(read(Bytes{0, 8, 0x81, 1, 0, 0, 0, 0, 0, 0, 0, 0}, 7, "hweb.line.test", Type::a));
}

TEST(Dns, APlainQuestionHasNoEdns) {
    const Bytes plain = plain_query(1, "hweb.line.test", Type::a),
                whole = query(1, "hweb.line.test", Type::a);
    EXPECT_EQ(plain.size() + 11, whole.size());
    EXPECT_EQ(plain[11], 0);
    EXPECT_TRUE(plain_query(1, "a..b", Type::a).empty());
}

TEST(Dns, AQuestionIsAsLongAsItIsAskedToBe) {
    EXPECT_LT(query(1, "hweb.line.test", Type::a).size(), 60U);
    for (const std::size_t size : {100U, 1232U, 1452U})
        EXPECT_EQ(query(1, "hweb.line.test", Type::a, size).size(), size);
    for (const char* name :
         {"", "a..b", "..", "a.b..", "0123456789012345678901234567890123456789012345678901234567890123.test"})
        EXPECT_TRUE(query(1, name, Type::a).empty()) << name;
    EXPECT_FALSE(query(1, ".", Type::a).empty()) << "the root has a name";
    EXPECT_TRUE(query(1, std::string(300, 'a'), Type::a).empty());
}

} // namespace
} // namespace kaomon::network::dns
