#include "drivers/card/trace/replayed_card.hpp"

namespace kaomon::card::trace {

Result<SecretBytes> ReplayedCard::transmit(ByteView command) {
    Line asked = redact(command);
    if (at_ == lines_.size())
        return fail(Reason::internal_error, "the recording ends before " + print(asked));
    const Line& line = lines_[at_++];
    if (asked.header != line.header || asked.data_bytes != line.data_bytes ||
        asked.selected != line.selected || asked.expected != line.expected) {
        return fail(Reason::internal_error, "recorded: " + print(line) + ", asked for: " + print(asked));
    }
    auto answer = stand_in_->transmit(command);
    if (const auto* reason = std::get_if<Reason>(&line.end))
        return fail(*reason, "as recorded");
    if (!answer)
        return answer;
    const StatusWord status = std::get<StatusWord>(line.end);
    answer->resize(line.answer_bytes);
    answer->push_back(status.high());
    answer->push_back(status.low());
    return answer;
}

} // namespace kaomon::card::trace
