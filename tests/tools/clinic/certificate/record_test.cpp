#include "tools/clinic/certificate/record.hpp"

#include <gtest/gtest.h>

namespace kaomon::certificate {
namespace {

using namespace std::chrono;

const std::string print_of_one = std::string(64, 'a');

TEST(CertificateRecord, ReadsWhatItPrints) {
    const Record record{
        2026y / November / 25,
        {{print_of_one, 2029y / November / 24, true}, {std::string(64, '0'), 2027y / May / 1, false, true}}};
    EXPECT_EQ(parse_record(print(record)).value_or(Record{}), record);
    EXPECT_TRUE(parse_record(print(Record{2026y / November / 25, {}})));
}

TEST(CertificateRecord, RefusesWhatCannotBe) {
    const std::string good =
        print(Record{2026y / November / 25, {{print_of_one, 2029y / November / 24, true}}});
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string text = good;
        return text.replace(text.find(from), from.size(), to);
    };
    for (const std::string& text :
         {std::string(), std::string("[]"), with("2029-11-24", "2029-11-31"), with("true", "1"),
          with(print_of_one, "aa"), with(print_of_one, std::string(64, 'g')), with("\"on\"", "\"no\"")})
        EXPECT_FALSE(parse_record(text)) << text;
    Record many{2026y / November / 25, {}};
    many.entries.resize(most_certificates + 1, {print_of_one, 2029y / November / 24, true});
    EXPECT_FALSE(parse_record(print(many)));
    EXPECT_EQ(parse_record(std::string(65 * 1024 + 1, ' ')).error().word, "record_invalid");
}

} // namespace
} // namespace kaomon::certificate
