// A card that follows a script: exactly these commands in this order, each with its answer.
#pragma once

#include "drivers/card/reader.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kaomon::test {

inline SecretBytes from_hex(std::string_view text) {
    SecretBytes bytes;
    std::string digits;
    for (const char c : text) {
        if (c != ' ')
            digits.push_back(c);
    }
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        bytes.push_back(static_cast<std::uint8_t>(std::stoi(digits.substr(i, 2), nullptr, 16)));
    }
    return bytes;
}

class ScriptedCard : public card::CardTransaction {
  public:
    struct Step {
        std::string command;                      // hexadecimal; blanks are passed over
        std::variant<std::string, Reason> answer; // hexadecimal with status word, or how the transport fails
    };

    ScriptedCard(std::initializer_list<Step> script) : script_(script) {}
    explicit ScriptedCard(std::vector<Step> script) : script_(std::move(script)) {}
    ~ScriptedCard() override { EXPECT_EQ(at_, script_.size()) << "commands were left out"; }

    Result<SecretBytes> transmit(ByteView command) override {
        if (at_ == script_.size()) {
            ADD_FAILURE() << "one command too many: " << to_hex(command);
            return fail(Reason::internal_error, "end of script");
        }
        const Step& step = script_[at_++];
        EXPECT_EQ(to_hex(command), to_hex(from_hex(step.command))) << "command " << at_;
        if (const auto* reason = std::get_if<Reason>(&step.answer))
            return fail(*reason, "as scripted");
        return from_hex(std::get<std::string>(step.answer));
    }
    ByteView atr() const noexcept override { return {}; }
    std::size_t read_block() const noexcept override { return block; }

    std::size_t block = 256; // bytes the reader takes at once

  private:
    std::vector<Step> script_;
    std::size_t at_ = 0;
};

} // namespace kaomon::test
