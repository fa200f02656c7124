// A simulated card on disk: one folder.
//
//   card.toml     what the card is: applications, files, access conditions (no secrets)
//   tries.toml    tries left of every secret; replaced as a whole before an answer shows a change
//   files/        the contents, one file each; secrets and private keys among them (0600)
//   trust.toml    the issuer's public key for the daemon's trust store
//   jpki-ca.pem   the root of the sign-in certificate
#pragma once

#include "drivers/base/result.hpp"
#include "drivers/base/unique_fd.hpp"
#include "drivers/card/simulated/card.hpp"
#include "drivers/card/simulated/issuer.hpp"

#include <filesystem>
#include <memory>

namespace kaomon::card::simulated {

// Writes a new card; the folder is made, and must not hold one yet. Reason: config_invalid.
Result<void> save_card(const std::filesystem::path& folder, const Contents& contents);
// A text that is no secret (0644), replaced in one step. Reason: config_invalid.
Result<void> save_text(const std::filesystem::path& file, std::string_view text);
// The contents as they stand; whoever holds the card may go on. Reason: config_invalid.
Result<Contents> load_card(const std::filesystem::path& folder);
// The tries alone, in one step: a killed process leaves the old ones or the new ones. Not synced: power cuts
// are not simulated. Reason: config_invalid.
Result<void> save_tries(const std::filesystem::path& folder, const Contents& contents);

// A card from its folder, held as a card in a hand is: by one process at a time. Thread-bound.
class StoredCard {
  public:
    // Reason: config_invalid (no card there, damaged, or held by another process).
    static Result<StoredCard> open(const std::filesystem::path& folder);
    Card& card() noexcept { return *card_; }
    std::shared_ptr<Card> share() const noexcept { return card_; }

  private:
    StoredCard(UniqueFd lock, std::shared_ptr<Card> card) : lock_(std::move(lock)), card_(std::move(card)) {}
    UniqueFd lock_;
    std::shared_ptr<Card> card_;
};

} // namespace kaomon::card::simulated
