#include "tools/clinic/choose/ranking.hpp"
#include "tools/clinic/choose/vendor_answers.hpp"

#include <gtest/gtest.h>

namespace kaomon::choose {
namespace {

using namespace std::chrono;
using clinic::PhoneReading;
using clinic::ReaderGeneration;

const Date today = 2026y / November / 29;

Measurement answered(const VendorAnswers& answers) {
    Measurement one;
    one.name = "A";
    one.on = today;
    add_answers(one, answers, today);
    return one;
}

Grade grade(const VendorAnswers& answers) {
    return judge(answered(answers)).grade;
}

TEST(VendorAnswers, AreCriteria) {
    EXPECT_EQ(grade({.generation = ReaderGeneration::next, .maintenance_until = {}, .phones = {}}),
              Grade::pass);
    EXPECT_EQ(grade({.generation = ReaderGeneration::current, .maintenance_until = {}, .phones = {}}),
              Grade::conditional);
    EXPECT_EQ(grade({.generation = {}, .maintenance_until = 2026y / October / 31, .phones = {}}),
              Grade::fail);
    EXPECT_EQ(grade({.generation = {}, .maintenance_until = 2028y / March / 31, .phones = {}}),
              Grade::conditional);
    EXPECT_EQ(grade({.generation = {}, .maintenance_until = 2032y / March / 31, .phones = {}}), Grade::pass);
    EXPECT_EQ(grade({.generation = {}, .maintenance_until = {}, .phones = PhoneReading::built_in}),
              Grade::pass);
    EXPECT_EQ(grade({.generation = {}, .maintenance_until = {}, .phones = PhoneReading::separate}),
              Grade::conditional);
}

TEST(VendorAnswers, WhatIsNotAnsweredIsAskedForByName) {
    EXPECT_TRUE(open_questions({}).empty());
    const std::vector<Measurement> all{answered({.generation = ReaderGeneration::next,
                                                 .maintenance_until = 2032y / March / 31,
                                                 .phones = PhoneReading::built_in}),
                                       [] {
                                           Measurement other;
                                           other.name = "B";
                                           return other;
                                       }()};
    const auto open = open_questions(all);
    ASSERT_EQ(open.size(), 3U);
    EXPECT_TRUE(open[1].ja.starts_with("B: 保守はいつまでですか"));
    EXPECT_TRUE(open_questions(std::span(all).first(1)).empty());
}

TEST(VendorAnswers, AreKeptInTheRecord) {
    const Measurement one = answered({.generation = ReaderGeneration::current,
                                      .maintenance_until = 2028y / March / 31,
                                      .phones = PhoneReading::separate});
    const auto read = parse(print(one));
    ASSERT_TRUE(read);
    EXPECT_NE(read->find("maintenance_until"), nullptr);
}

} // namespace
} // namespace kaomon::choose
