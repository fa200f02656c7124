#include "drivers/card/mynumber/idempotency.hpp"

#include "drivers/base/text_file.hpp"
#include "drivers/card/mynumber/digest.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <string>
#include <vector>

namespace kaomon::card::mynumber {
namespace {

constexpr std::size_t digits_of_a_key = 16;
constexpr std::size_t kept = 4096;                       // keys: more than a desk sees in a week
constexpr std::uint64_t largest_file = 16 * 1024 * 1024; // bytes; beyond it is no ledger of ours

std::string line_of(std::uint64_t key) {
    std::array<char, digits_of_a_key + 2> line{};
    std::snprintf(line.data(), line.size(), "%016llx\n", static_cast<unsigned long long>(key));
    return line.data();
}

// Of the first byte to the last. Nothing where it is too long for a ledger, or cannot be read.
std::optional<std::string> whole_of(const AppendFile& file) {
    if (file.size() > largest_file)
        return std::nullopt;
    auto text = read_text(file.descriptor(), static_cast<std::size_t>(file.size()));
    return text ? std::optional(std::move(*text)) : std::nullopt;
}

// In the order they were written.
std::vector<std::uint64_t> keys_in(std::string_view text) {
    std::vector<std::uint64_t> keys;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        const std::string_view digits = line.substr(line.size() - std::min(line.size(), digits_of_a_key));
        std::uint64_t key = 0;
        const auto [stop, error] = std::from_chars(digits.begin(), digits.end(), key, 16);
        if (error == std::errc() && digits.size() == digits_of_a_key && stop == digits.end())
            keys.push_back(key);
        text.remove_prefix(std::min(line.size() + 1, text.size()));
    }
    return keys;
}

ByteView bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

} // namespace

IdempotencyKey idempotency_key_of(std::string_view owner, std::string_view name) {
    constexpr std::array<std::uint8_t, 1> apart{0}; // stands in neither
    const Digest digest = sha256({bytes_of(owner), apart, bytes_of(name)});
    IdempotencyKey key;
    for (std::size_t i = 0; i < sizeof key.value; ++i)
        key.value = key.value << 8 | digest[i];
    return key;
}

IdempotencyKey at_second_counter(IdempotencyKey key) {
    return idempotency_key_of("second counter", line_of(key.value));
}

Result<IdempotencyLedger> IdempotencyLedger::open(const std::filesystem::path& file) {
    constexpr auto reason = Reason::idempotency_ledger_unwritable;
    auto opened = AppendFile::open(file, {reason, reason});
    if (!opened)
        return std::unexpected(opened.error());
    const auto text = whole_of(*opened);
    if (!text)
        return fail(reason, file.string() + ": is no ledger of spent keys, or cannot be read");
    if (const auto whole = text->rfind('\n') + 1; whole < text->size()) { // half a line: a power cut
        if (auto cut = opened->cut_to(whole); !cut)
            return std::unexpected(cut.error());
    }
    auto keys = keys_in(*text);
    if (keys.size() > 2 * kept) {
        keys.erase(keys.begin(), keys.end() - static_cast<std::ptrdiff_t>(kept));
        std::string shorter;
        for (const std::uint64_t key : keys)
            shorter += line_of(key);
        if (auto replaced = replace_file(file, shorter, reason); !replaced)
            return std::unexpected(replaced.error());
        if (opened = AppendFile::open(file, {reason, reason}); !opened)
            return std::unexpected(opened.error());
    }
    IdempotencyLedger ledger;
    ledger.file_ = std::move(*opened);
    ledger.spent_.insert(keys.begin(), keys.end());
    return ledger;
}

Result<void> IdempotencyLedger::spend(IdempotencyKey key) {
    if (file_) {
        if (auto written = file_->append(line_of(key.value)); !written)
            return written;
    }
    spent_.insert(key.value);
    return {};
}

} // namespace kaomon::card::mynumber
