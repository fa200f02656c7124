#include "tools/words/trouble.hpp"

#include "tools/words/place.hpp"

namespace kaomon {

Trouble trouble_of(const Failure& failure) {
    const ReasonEntry& entry = describe(failure.reason);
    return {entry.exit_code,
            std::string(entry.word),
            {std::string(entry.japanese) + place_in(failure.detail),
             std::string(entry.english) + (failure.detail.empty() ? "" : " (" + failure.detail + ")")},
            {}};
}

} // namespace kaomon
