#include "tools/simcard/rehearsal.hpp"

#include "drivers/card/simulated/portrait.hpp"

namespace kaomon::tools::simcard {

namespace simulated = card::simulated;

Result<Rehearsal> rehearse(const std::string& kind, std::uint64_t seed, Date day) {
    simulated::Holder holder;
    simulated::complete(holder, day, seed);
    simulated::CardOptions how;
    how.seed = seed;
    how.key_seed = seed;
    const auto made = simulated::issue_kind(kind, std::move(holder), simulated::nobodys_portrait(), day, how);
    if (!made)
        return std::unexpected(made.error());
    Rehearsal ready{std::make_shared<simulated::SimulatedReader>(), {}};
    ready.visit.number = SecretText(std::string_view(simulated::access_number(made->holder)));
    ready.visit.pin = SecretText(std::string_view(made->holder.sign_in_pin));
    ready.visit.today = day;
    auto keys = card::mynumber::parse_trust_file(made->trust, kind);
    if (!keys)
        return std::unexpected(keys.error());
    for (auto& key : *keys)
        ready.visit.trust.add(std::move(key));
    if (const auto added = ready.visit.sign_in_trust.add(made->issued.jpki_authority, kind); !added)
        return std::unexpected(added.error());
    ready.reader->insert(std::make_shared<simulated::Card>(made->issued.contents));
    return ready;
}

} // namespace kaomon::tools::simcard
