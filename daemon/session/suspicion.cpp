#include "daemon/session/suspicion.hpp"

#include "drivers/base/durable_file.hpp"
#include "drivers/base/log.hpp"
#include "drivers/base/text_file.hpp"
#include "drivers/card/mynumber/guard.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace kaomon::session {

using card::mynumber::CardDigest;
using card::mynumber::CardDigestKey;
using card::mynumber::CardTrait;

namespace {

constexpr std::size_t most = most_suspicions;
constexpr std::size_t largest_file = most * 512; // bytes: an entry has at most 300
constexpr std::size_t digits_of_a_digest = 2 * std::tuple_size_v<CardDigest>;

std::string seal_of(const CardDigestKey& key, std::string_view text) {
    return to_hex(
               key.of(CardTrait::file, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()})) +
           '\n';
}

// What the seal closes. Nothing where it does not fit.
std::optional<std::string_view> unsealed(const CardDigestKey& key, std::string_view text) {
    constexpr std::size_t seal_size = digits_of_a_digest + 1;
    if (text.size() < seal_size)
        return std::nullopt;
    const auto content = text.substr(0, text.size() - seal_size);
    if (seal_of(key, content) != text.substr(content.size()))
        return std::nullopt;
    return content;
}

} // namespace

Suspicions Suspicions::open(const std::filesystem::path& file, CardDigestKey key, std::chrono::seconds lasts,
                            std::int64_t now) {
    Suspicions all(lasts);
    all.file_ = File{file, std::move(key)};
    const auto text = read_text_file(file, largest_file);
    if (!text && text.error() == ENOENT)
        return all;
    const auto content =
        text && text->size() <= largest_file ? unsealed(all.file_->key, *text) : std::nullopt;
    auto entries = content ? read_suspicions(*content) : std::nullopt;
    if (entries) {
        all.all_ = std::move(*entries);
        all.expire(now);
        return all;
    }
    log(LogLevel::error, file.string() + ": suspicion_unreadable: damaged, or sealed under another key; set "
                                         "aside as .bad. Until what it may have held is over only a "
                                         "visual check verifies");
    if (text) { // for whoever looks into it; without it nothing is lost
        if (const auto aside = replace_file(file.string() + ".bad", *text, Reason::suspicion_unwritable);
            !aside)
            log(LogLevel::warning, aside.error().detail);
    }
    if (const auto kept = all.keep({{}, Reason::suspicion_unreadable, now + all.longest().count()}, now);
        !kept)
        log(LogLevel::error, kept.error().detail);
    return all;
}

Result<void> Suspicions::add(Card card, Reason why, std::int64_t now) {
    if (card.empty())
        return {};
    std::erase_if(all_, [&](const SuspicionEntry& one) { return one.why == why && is_of(one, card); });
    return keep({{card.begin(), card.end()}, why, now + lasts_.count()}, now);
}

std::vector<Reason> Suspicions::inherited(Card card, std::int64_t now) {
    expire(now);
    std::vector<Reason> reasons;
    for (const SuspicionEntry& one : all_) {
        const bool new_to_it = std::ranges::find(reasons, one.why) == reasons.end();
        const bool inherits = one.why != Reason::no_match && !card::mynumber::is_wrong_secret(one.why);
        if (inherits && is_of(one, card) && new_to_it)
            reasons.push_back(one.why);
    }
    return reasons;
}

Result<void> Suspicions::clear(Card card, Reason why, std::int64_t now) {
    const auto cleared = std::erase_if(all_, [&](const SuspicionEntry& one) {
        return one.why == why && !one.known_by.empty() && is_of(one, card);
    });
    expire(now);
    return cleared == 0 ? Result<void>{} : write();
}

Result<void> Suspicions::note_no_match(Card card, std::int64_t now) {
    if (card.empty())
        return {};
    return keep({{card.begin(), card.end()}, Reason::no_match, now + no_match_window.count()}, now);
}

std::optional<std::chrono::seconds> Suspicions::throttled(Card card, std::int64_t now) {
    expire(now);
    std::vector<std::int64_t> ends;
    for (const SuspicionEntry& one : all_) {
        if (one.why == Reason::no_match && is_of(one, card))
            ends.push_back(one.until);
    }
    if (ends.size() < most_no_matches)
        return std::nullopt;
    std::ranges::sort(ends, std::greater{});
    return std::chrono::seconds(ends[most_no_matches - 1] - now);
}

Result<void> Suspicions::note_wrong_entry(Card card, Reason why, std::int64_t now) {
    if (card.empty())
        return {};
    return keep({{card.begin(), card.end()}, why, now + wrong_entry_window.count()}, now);
}

std::optional<std::chrono::seconds> Suspicions::entry_delay(Card card, std::int64_t now) {
    expire(now);
    std::int64_t last = 0;
    int count = 0;
    for (const SuspicionEntry& one : all_) {
        if (!card::mynumber::is_wrong_secret(one.why) || !is_of(one, card))
            continue;
        last = std::max(last, one.until - wrong_entry_window.count());
        ++count;
    }
    if (count < 2)
        return std::nullopt;
    constexpr int most_doublings = 16; // far beyond the longest delay, far below an overflow
    const auto delay =
        std::min(first_entry_delay * (1 << std::min(count - 2, most_doublings)), longest_entry_delay);
    const std::chrono::seconds left = delay - std::chrono::seconds(now - last);
    return left.count() > 0 ? std::optional(left) : std::nullopt;
}

std::chrono::seconds Suspicions::window_of(Reason why) const {
    if (card::mynumber::is_wrong_secret(why))
        return wrong_entry_window;
    return why == Reason::no_match ? no_match_window : longest();
}

void Suspicions::expire(std::int64_t now) {
    for (SuspicionEntry& one : all_) // the clock may have been set back
        one.until = std::min(one.until, now + window_of(one.why).count());
    std::erase_if(all_, [now](const SuspicionEntry& one) { return one.until <= now; });
}

Result<void> Suspicions::keep(SuspicionEntry entry, std::int64_t now) {
    expire(now);
    if (all_.size() == most)
        all_.erase(all_.begin());
    all_.push_back(std::move(entry));
    return write();
}

Result<void> Suspicions::write() {
    if (!file_)
        return {};
    std::string text = text_of(all_);
    text += seal_of(file_->key, text);
    return replace_file(file_->path, text, Reason::suspicion_unwritable);
}

bool Suspicions::is_of(const SuspicionEntry& entry, Card card) {
    return entry.known_by.empty() || std::ranges::any_of(card, [&](const CardDigest& trait) {
               return std::ranges::find(entry.known_by, trait) != entry.known_by.end();
           });
}

} // namespace kaomon::session
