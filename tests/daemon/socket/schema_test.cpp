#include "daemon/socket/schema.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gmock/gmock.h>

namespace kaomon::socket {
namespace {

// Where `parameters` breaks the parameters of method M; "" where it does not.
std::string mismatch(std::string_view parameters) {
    static const idl::Interface interface = *idl::parse(R"(interface org.example
type Colour (red, green)
type Access (number: ?string, code: ?string)
method M(text: string, count: ?int, rate: ?float, yes: ?bool, colour: ?Colour, methods: ?[]string, access_number: ?Access,
         grid: ?[][]Access, table: ?[string]int, any: ?object) -> ()
)");
    return find_mismatch(interface, interface.methods[0].in, boost::json::parse(parameters).as_object())
        .value_or("");
}

TEST(Schema, AcceptsWhatIsDescribed) {
    EXPECT_EQ(mismatch(R"({"text":""})"), "");
    EXPECT_EQ(mismatch(R"({"text":"a","count":-3,"rate":0.5,"yes":true,"colour":"green","methods":["face"],
        "access_number":{"number":"1"},"grid":[[{}],[]],"table":{"a":1},"any":{"x":[1]}})"),
              "");
    EXPECT_EQ(mismatch(R"({"text":"a","count":null,"access_number":{"code":null},"rate":1})"), "");
}

TEST(Schema, TypesAreExact) {
    EXPECT_EQ(mismatch(R"({"text":1})"), "text");
    EXPECT_EQ(mismatch(R"({"text":null})"), "text");
    EXPECT_EQ(mismatch(R"({"text":"a","count":1.0})"), "count");
    EXPECT_EQ(mismatch(R"({"text":"a","count":1e3})"), "count");
    EXPECT_EQ(mismatch(R"({"text":"a","count":"1"})"), "count");
    EXPECT_EQ(mismatch(R"({"text":"a","count":18446744073709551615})"), "count");
    EXPECT_EQ(mismatch(R"({"text":"a","rate":"1"})"), "rate");
    EXPECT_EQ(mismatch(R"({"text":"a","yes":1})"), "yes");
    EXPECT_EQ(mismatch(R"({"text":"a","colour":"blue"})"), "colour");
    EXPECT_EQ(mismatch(R"({"text":"a","methods":"face"})"), "methods");
    EXPECT_EQ(mismatch(R"({"text":"a","access_number":[]})"), "access_number");
    EXPECT_EQ(mismatch(R"({"text":"a","any":1})"), "any");
}

TEST(Schema, NamesTheWayToTheFault) {
    EXPECT_EQ(mismatch("{}"), "text");
    EXPECT_EQ(mismatch(R"({"text":"a","access_number":{"number":5}})"), "access_number.number");
    EXPECT_EQ(mismatch(R"({"text":"a","methods":["face",null]})"), "methods[1]");
    EXPECT_EQ(mismatch(R"({"text":"a","grid":[[],[{},{"code":1}]]})"), "grid[1][1].code");
    EXPECT_EQ(mismatch(R"({"text":"a","table":{"secret":"x"}})"), "table.?");
}

TEST(Schema, UnknownFieldsAreRefusedByNameIfItIsOne) {
    EXPECT_EQ(mismatch(R"({"text":"a","colours":1})"), "colours");
    EXPECT_EQ(mismatch(R"({"text":"a","access_number":{"pin":"1"}})"), "access_number.pin");
    EXPECT_EQ(mismatch(R"({"text":"a","12345678901234":1})"), "?");
    EXPECT_EQ(mismatch(R"({"text":"a",")" + std::string(65, 'x') + R"(":1})"), "?");
}

} // namespace
} // namespace kaomon::socket
