#include "tools/clinic/choose/ranking.hpp"

#include <gtest/gtest.h>

namespace kaomon::choose {
namespace {

Measurement reader(std::string name, std::vector<Criterion> criteria) {
    Measurement one;
    one.name = std::move(name);
    one.criteria = std::move(criteria);
    return one;
}

Criterion criterion(std::string word, Grade grade, std::optional<double> value = std::nullopt) {
    Criterion one;
    one.word = std::move(word);
    one.name = {one.word, one.word};
    one.value = value;
    one.grade = grade;
    one.reason = {one.word + "のため。", "because of " + one.word};
    return one;
}

std::string order(const std::vector<Ranked>& ranked) {
    std::string names;
    for (const Ranked& one : ranked)
        names += one.candidate->name;
    return names;
}

TEST(Ranking, ACandidateIsAsGoodAsItsWorstCriterion) {
    const auto bad = reader("A", {criterion("support", Grade::pass), criterion("taps", Grade::fail),
                                  criterion("block", Grade::conditional)});
    EXPECT_EQ(judge(bad).grade, Grade::fail);
    EXPECT_EQ(judge(bad).reason.en, "because of taps");
    EXPECT_EQ(judge(bad).reservations, 2);
    const auto good = reader("B", {criterion("support", Grade::pass)});
    EXPECT_EQ(judge(good).grade, Grade::pass);
}

TEST(Ranking, WhatWasNotMeasuredIsACondition) {
    EXPECT_EQ(
        judge(reader("A", {criterion("support", Grade::pass), criterion("unplug", Grade::not_measured)}))
            .grade,
        Grade::conditional);
    EXPECT_EQ(judge(reader("A", {})).grade, Grade::not_measured);
}

TEST(Ranking, AmongEqualsTheFasterReaderAndTheSteadierCameraComeFirst) {
    std::vector<Measurement> all{
        reader("A", {criterion("photo_read", Grade::pass, 900)}),
        reader("B", {criterion("photo_read", Grade::pass, 400)}),
        reader("C", {criterion("photo_read", Grade::fail, 100)}),
        reader("D", {criterion("photo_read", Grade::pass, 300), criterion("block", Grade::conditional)})};
    EXPECT_EQ(order(rank(all, Device::reader)), "BADC");
    all = {reader("A", {criterion("gate_pass", Grade::pass, 80)}),
           reader("B", {criterion("gate_pass", Grade::pass, 95)})};
    for (Measurement& one : all)
        one.device = Device::camera;
    EXPECT_EQ(order(rank(all, Device::camera)), "BA");
    EXPECT_TRUE(rank(all, Device::reader).empty());
}

} // namespace
} // namespace kaomon::choose
