// Exclusive hold of one card through PC/SC.
#pragma once

#include "drivers/card/pcsc/context.hpp"
#include "drivers/card/pcsc/extended_length.hpp"
#include "drivers/card/reader.hpp"

namespace kaomon::card::pcsc {

struct Hold {}; // lives as long as a transaction: its reader sees by it that one is open

class Transaction : public CardTransaction {
  public:
    // Connects EXCLUSIVE, T=0 or T=1. `read_block`: 0 where reader and card are to be asked. Reasons:
    // reader_busy, no_card, card_mute, no_reader, reader_service_down.
    static Result<std::unique_ptr<CardTransaction>> open(std::shared_ptr<Context> context,
                                                         const std::string& reader,
                                                         std::shared_ptr<const Hold> hold,
                                                         std::size_t read_block);
    ~Transaction() override; // disconnects with RESET

    Result<SecretBytes> transmit(ByteView command) override;
    ByteView atr() const noexcept override { return atr_; }
    std::size_t read_block() const noexcept override { return read_block_; }
    std::size_t block_limit() const noexcept override { return block_limit_; }

    SCARDHANDLE handle() const noexcept { return card_; } // for the benchmark that calls beside it

  private:
    Transaction(std::shared_ptr<Context> context, SCARDHANDLE card, DWORD protocol);
    void ask_for_atr();
    void choose_block(const std::string& reader, std::size_t wanted);

    std::shared_ptr<Context> context_; // the handle lives no longer than its context
    SCARDHANDLE card_;
    DWORD protocol_;
    std::shared_ptr<const Hold> hold_;
    Bytes atr_;
    std::size_t read_block_ = short_block, block_limit_ = CardTransaction::block_limit(); // bytes
    SecretBytes answer_;
};

} // namespace kaomon::card::pcsc
