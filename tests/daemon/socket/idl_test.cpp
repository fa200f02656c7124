#include "daemon/socket/idl.hpp"

#include <gmock/gmock.h>

namespace kaomon::socket::idl {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string complaint(std::string_view text) {
    const auto parsed = parse(text);
    return parsed ? "" : parsed.error().detail;
}

TEST(Idl, ReadsTypesMethodsAndErrors) {
    const auto parsed = parse(R"(# A comment
interface org.example.Thing
type Colour (red, green)
type Pair (a: ?string, b: []int) # behind
method Go(pair: Pair, deep: [string]?Colour, one: (x: bool, y: float)) -> (any: object)
error Broken (colour: Colour)
error Bare ()
)");
    ASSERT_TRUE(parsed) << parsed.error().detail;
    EXPECT_EQ(parsed->name, "org.example.Thing");
    ASSERT_NE(parsed->type("Colour"), nullptr);
    EXPECT_EQ(parsed->type("Colour")->kind, Kind::enumeration);
    EXPECT_THAT(parsed->type("Colour")->words, ElementsAre("red", "green"));
    const Type& pair = *parsed->type("Pair");
    EXPECT_EQ(pair.fields[0].type.kind, Kind::optional);
    EXPECT_EQ(pair.fields[1].type.kind, Kind::array);
    EXPECT_EQ(pair.fields[1].type.element[0].kind, Kind::integer);
    const Method* go = parsed->method("Go");
    ASSERT_NE(go, nullptr);
    EXPECT_EQ(go->in.fields[0].type.name, "Pair");
    EXPECT_EQ(go->in.fields[1].type.kind, Kind::map);
    EXPECT_EQ(go->in.fields[2].type.kind, Kind::structure);
    EXPECT_EQ(go->out.fields[0].type.kind, Kind::object);
    ASSERT_NE(parsed->error("Bare"), nullptr);
    EXPECT_TRUE(parsed->error("Bare")->fields.empty());
    EXPECT_EQ(parsed->method("Colour"), nullptr);
}

TEST(Idl, SaysLineAndFault) {
    EXPECT_THAT(complaint("interface org.example\n\nmethod go() -> ()"), HasSubstr("line 3: no name"));
    EXPECT_THAT(complaint("interface org.example method Go()"), HasSubstr("no ->"));
    EXPECT_THAT(complaint("interface org.example type A (b)type A (c)"), HasSubstr("A stands twice"));
    EXPECT_THAT(complaint("interface org.example type A (b: int, b: int)"), HasSubstr("b stands twice"));
    EXPECT_THAT(complaint("interface org.example type A (b: Missing)"), HasSubstr("Missing is not defined"));
    EXPECT_THAT(complaint("interface org.example type A (b: ??int)"), HasSubstr("??"));
    EXPECT_THAT(complaint("interface org.example type A (b: int"), HasSubstr("neither , nor )"));
    EXPECT_THAT(complaint("interface org.example type A (_b: int)"), HasSubstr("no field name"));
    EXPECT_THAT(complaint("interface org.example error E (a, b)"), HasSubstr("no :"));
    EXPECT_THAT(complaint("interface org.example thing A ()"), HasSubstr("neither type"));
    EXPECT_THAT(complaint("method Go() -> ()"), HasSubstr("no interface name"));
}

TEST(Idl, RefusesNamesThatAreNoInterfaces) {
    for (const char* name : {"org", "org.", ".org", "org..a", "1a.b", "org.-a", "org.a-", "org.a_b", "(", ""})
        EXPECT_NE(complaint("interface " + std::string(name)), "") << name;
    EXPECT_EQ(complaint("interface org.a-b.c1"), "");
}

TEST(Idl, HasLimits) {
    std::string nested = "interface org.example type A (a: ";
    for (int i = 0; i < 20; ++i)
        nested += "[]";
    EXPECT_THAT(complaint(nested + "int)"), HasSubstr("too deep"));
    std::string structures = "interface org.example type A ";
    for (int i = 0; i < 20; ++i)
        structures += "(a: ";
    EXPECT_THAT(complaint(structures), HasSubstr("too deep"));
    EXPECT_THAT(complaint("interface org.example #" + std::string(70'000, 'x')), HasSubstr("64 KiB"));
}

TEST(Idl, KnowsFieldNames) {
    for (const char* name : {"a", "Ab", "a_b", "a1_2"})
        EXPECT_TRUE(is_field_name(name)) << name;
    for (const char* name : {"", "_a", "a_", "a__b", "1a", "a-b", "a b", "\xE9"})
        EXPECT_FALSE(is_field_name(name)) << name;
}

} // namespace
} // namespace kaomon::socket::idl
