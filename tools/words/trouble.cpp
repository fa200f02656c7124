#include "tools/words/trouble.hpp"

namespace kaomon {

Trouble trouble_of(const Failure& failure) {
    const ReasonEntry& entry = describe(failure.reason);
    const auto with_detail = [&](std::string_view sentence, const char* open, const char* close) {
        return std::string(sentence) + (failure.detail.empty() ? "" : open + failure.detail + close);
    };
    return {entry.exit_code,
            std::string(entry.word),
            {with_detail(entry.japanese, "（", "）"), with_detail(entry.english, " (", ")")},
            {}};
}

} // namespace kaomon
