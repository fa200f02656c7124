// record and replay: a visit with a simulated card as a redacted log, and the log driving the driver.
#include "tools/cardtrace/recording.hpp"
#include "tools/simcard/commands.hpp"
#include "tools/simcard/day_of_issue.hpp"
#include "tools/simcard/recorded_visit.hpp"

#include <boost/json.hpp>

#include <fstream>
#include <iostream>
#include <iterator>

namespace kaomon::tools::simcard {
namespace {} // namespace

int record(const RecordOptions& options) {
    const auto day = day_of_issue(options.date);
    if (!day)
        return complain(day.error().detail);
    const auto recording = record_visit(options.kind, options.seed, *day);
    if (!recording)
        return complain(recording.error().detail);
    if (!(std::ofstream(options.out, std::ios::binary) << cardtrace::print(*recording)))
        return complain(options.out + ": cannot be written");
    std::cout << recording->reading << "\n";
    return 0;
}

int replay(const ReplayOptions& options) {
    std::ifstream file(options.recording, std::ios::binary);
    if (!file)
        return complain(options.recording + ": cannot be read");
    const std::string text(std::istreambuf_iterator<char>(file), {});
    const auto recording = cardtrace::parse(text);
    if (!recording)
        return complain(options.recording + ": " + recording.error().what.en);
    const auto replayed = replay_visit(*recording);
    if (!replayed)
        return complain(options.recording + ": " + replayed.error().detail);
    const bool same = replayed->reading == recording->reading && replayed->left == 0;
    if (options.json) {
        std::cout << boost::json::serialize(boost::json::object{{"kind", recording->kind},
                                                                {"reading", replayed->reading},
                                                                {"expected", recording->reading},
                                                                {"exchanges_left", replayed->left},
                                                                {"same", same}})
                  << "\n";
    } else {
        std::cout << replayed->reading << "\n";
    }
    if (!same)
        return complain("the recording expects: " + recording->reading +
                        (replayed->left == 0
                             ? ""
                             : ", and goes on for " + std::to_string(replayed->left) + " more exchanges"));
    return 0;
}

} // namespace kaomon::tools::simcard
