#include "drivers/card/trace/tracing_reader.hpp"

#include "drivers/card/apdu.hpp"

#include <utility>

namespace kaomon::card::trace {
namespace {

struct Account {
    Sink sink;
    std::optional<Instant> first;
};

class TracingTransaction final : public CardTransaction {
  public:
    TracingTransaction(std::unique_ptr<CardTransaction> card, std::shared_ptr<Account> account)
        : card_(std::move(card)), account_(std::move(account)) {}

    Result<SecretBytes> transmit(ByteView command) override {
        Line line = redact(command);
        const Instant begun = SteadyClock::now();
        auto answer = card_->transmit(command);
        line.took = std::chrono::duration_cast<Microseconds>(SteadyClock::now() - begun);
        if (!account_->first)
            account_->first = begun;
        line.at = std::chrono::duration_cast<Microseconds>(begun - *account_->first);
        if (!answer) {
            line.end = answer.error().reason;
        } else if (answer->size() < 2) {
            line.end = Reason::card_error;
        } else {
            line.answer_bytes = answer->size() - 2;
            line.end = StatusWord{static_cast<std::uint16_t>(answer->end()[-2] << 8 | answer->back())};
        }
        account_->sink(line);
        return answer;
    }
    ByteView atr() const noexcept override { return card_->atr(); }
    std::size_t read_block() const noexcept override { return card_->read_block(); }
    std::size_t block_limit() const noexcept override { return card_->block_limit(); }

  private:
    std::unique_ptr<CardTransaction> card_;
    std::shared_ptr<Account> account_; // a transaction may outlive its reader
};

class TracingReader final : public Reader {
  public:
    TracingReader(std::unique_ptr<Reader> reader, Sink sink)
        : reader_(std::move(reader)),
          account_(std::make_shared<Account>(Account{std::move(sink), std::nullopt})) {}

    ReaderState wait(const ReaderState& known, Instant until) override { return reader_->wait(known, until); }
    void wake() noexcept override { reader_->wake(); }
    Result<std::unique_ptr<CardTransaction>> open() override {
        auto opened = reader_->open();
        if (!opened)
            return opened;
        return std::make_unique<TracingTransaction>(std::move(*opened), account_);
    }

  private:
    std::unique_ptr<Reader> reader_;
    std::shared_ptr<Account> account_;
};

} // namespace

std::unique_ptr<Reader> make_tracing_reader(std::unique_ptr<Reader> reader, Sink sink) {
    return std::make_unique<TracingReader>(std::move(reader), std::move(sink));
}

} // namespace kaomon::card::trace
