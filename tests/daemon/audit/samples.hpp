// A record in a folder of its own, its key, and ways to spoil it.
#pragma once

#include "daemon/audit/examination.hpp"
#include "daemon/audit/log.hpp"
#include "daemon/result/jws.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <vector>

namespace kaomon::audit {

class RecordTest : public ::testing::Test {
  protected:
    RecordTest() {
        char name[] = "/tmp/kaomon-audit-XXXXXX";
        folder = mkdtemp(name);
        file = folder / "audit.jsonl";
        key.emplace(result::SigningKey::load_or_create(folder / "key.pem").value());
    }
    ~RecordTest() override { std::filesystem::remove_all(folder); }

    Seal seal() const {
        return {.sign = [key = *key](std::string_view json) { return key.sign(head_type, json); },
                .check =
                    [key = *key](std::string_view jws) {
                        return result::open_jws(jws, key.all_keys(), head_type);
                    }};
    }
    Log::Settings settings() const {
        return {.file = file,
                .segment_bytes = segment_bytes,
                .seal = seal(),
                .now = [this] { return now; },
                .clock = [this] { return clock; }};
    }
    Result<Log> open() const { return Log::open(settings()); }
    static Record sample(std::int64_t time) {
        return {time,    "0123abcd", "1000",   "verified",           "face",       "match",
                "valid", "valid",    "normal", std::string(64, 'e'), "card,camera"};
    }
    // One start of a daemon: that many verifications, each with its head.
    void write(int records) {
        auto log = open();
        ASSERT_TRUE(log) << log.error().detail;
        for (int i = 0; i < records; ++i) {
            ASSERT_TRUE(log->append(sample(++now)));
            ASSERT_TRUE(log->sign_head());
        }
    }
    Report examined(const Expected& expected = {}) const {
        auto report = examine(file, seal(), expected);
        EXPECT_TRUE(report) << report.error().detail;
        return report.value_or(Report{});
    }
    // "kind record" of each finding, in order.
    std::string findings(const Expected& expected = {}) const {
        std::string text;
        for (const auto& one : examined(expected).findings)
            text += (text.empty() ? "" : ", ") + std::string(word(one.kind)) + ' ' +
                    std::to_string(one.record) + (one.until == 0 ? "" : ".." + std::to_string(one.until));
        return text;
    }

    static std::string text_of(const std::filesystem::path& from) {
        std::ifstream in(from, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    std::string text() const { return text_of(file); }
    std::vector<std::string> lines() const {
        std::istringstream in(text());
        std::vector<std::string> found;
        for (std::string line; std::getline(in, line);)
            found.push_back(line);
        return found;
    }
    void overwrite(const std::string& content) const { std::ofstream(file, std::ios::binary) << content; }
    void overwrite(const std::vector<std::string>& content) const {
        std::ofstream out(file, std::ios::binary);
        for (const auto& line : content)
            out << line << '\n';
    }

    std::filesystem::path folder, file;
    std::optional<result::SigningKey> key;
    std::int64_t now = 1'795'000'000; // 2026-11-18 in Japan
    std::uint64_t segment_bytes = std::uint64_t{16} << 20;
    ClockState clock = ClockState::synchronised;
};

} // namespace kaomon::audit
