#include "tools/simcard/recorded_visit.hpp"

#include "drivers/card/trace/replayed_card.hpp"
#include "drivers/card/trace/tracing_reader.hpp"
#include "tools/simcard/rehearsal.hpp"

namespace kaomon::tools::simcard {
namespace {

// The tracing reader wants to own what it traces.
class Shared final : public card::Reader {
  public:
    explicit Shared(std::shared_ptr<card::Reader> reader) : reader_(std::move(reader)) {}
    card::ReaderState wait(const card::ReaderState& known, Instant until) override {
        return reader_->wait(known, until);
    }
    void wake() noexcept override { reader_->wake(); }
    Result<std::unique_ptr<card::CardTransaction>> open() override { return reader_->open(); }

  private:
    std::shared_ptr<card::Reader> reader_;
};

} // namespace

Result<cardtrace::Recording> record_visit(const std::string& kind, std::uint64_t seed, Date day) {
    const auto ready = rehearse(kind, seed, day);
    if (!ready)
        return std::unexpected(ready.error());
    cardtrace::Recording recording{
        .on = day, .reader = "simulated, in process", .lines = {}, .kind = kind, .seed = seed};
    const auto tracing = card::trace::make_tracing_reader(std::make_unique<Shared>(ready->reader),
                                                          [&](card::trace::Line line) {
                                                              line.at = line.took = {};
                                                              recording.lines.push_back(std::move(line));
                                                          });
    const auto card = tracing->open();
    if (!card)
        return std::unexpected(card.error());
    recording.reading = cardtrace::reading(**card, ready->visit);
    return recording;
}

Result<Replayed> replay_visit(const cardtrace::Recording& recording) {
    if (recording.kind.empty())
        return fail(Reason::parameter_invalid,
                    "names no simulated card that could stand in for what it left out");
    const auto ready = rehearse(recording.kind, recording.seed, recording.on);
    if (!ready)
        return std::unexpected(ready.error());
    auto stand_in = ready->reader->open();
    if (!stand_in)
        return std::unexpected(stand_in.error());
    card::trace::ReplayedCard card(recording.lines, std::move(*stand_in));
    Replayed replayed;
    replayed.reading = cardtrace::reading(card, ready->visit);
    replayed.left = card.left();
    return replayed;
}

} // namespace kaomon::tools::simcard
