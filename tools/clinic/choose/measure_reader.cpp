#include "tools/clinic/choose/measure_reader.hpp"

#include "drivers/card/atr.hpp"
#include "drivers/card/mynumber/guard.hpp"
#include "drivers/card/mynumber/photo_record.hpp"
#include "tools/clinic/choose/card_probe.hpp"

#include <algorithm>

namespace kaomon::choose {
namespace {

using card::CardTransaction;
using card::ReaderCondition;
namespace mynumber = card::mynumber;

constexpr Milliseconds slice{200}; // after which the person may have ended it
constexpr int lost_in_a_row = 5;   // then nobody is there any more, or the reader is dead

double since(Instant begun) {
    return std::chrono::duration<double, std::milli>(SteadyClock::now() - begun).count();
}

// A PC/SC name without pcscd's own numbers of device and slot (" 00 01"), which change with the plug.
std::string device_of(const std::string& reader) {
    return reader.substr(0, reader.size() - std::min<std::size_t>(6, reader.size()));
}

class Measuring {
  public:
    Measuring(card::Reader& reader, Guide& guide, const ReaderPlan& plan, ReaderFacts& facts)
        : reader_(reader), guide_(guide), plan_(plan), facts_(facts) {}

    Result<void> run() {
        state_ = reader_.wait({}, SteadyClock::now());
        if (state_.condition == ReaderCondition::service_down ||
            state_.condition == ReaderCondition::no_reader)
            return fail(card::reason_of(state_.condition));
        facts_.reader = state_.reader;
        facts_.taps_wanted = plan_.taps;
        if (has_card()) {
            guide_.take_card();
            if (!await([this] { return !has_card(); }))
                return end();
        }
        for (int in_a_row = 0; facts_.taps_done < plan_.taps && in_a_row < lost_in_a_row;) {
            const int lost = facts_.taps_lost();
            if (const auto tapped = tap(); !tapped)
                return tapped;
            if (ended())
                return end();
            in_a_row = facts_.taps_lost() > lost ? in_a_row + 1 : 0;
        }
        if (plan_.unplug && facts_.taps_lost() < facts_.taps_done)
            unplug();
        return end();
    }

  private:
    bool has_card() const {
        return state_.condition == ReaderCondition::card_present ||
               state_.condition == ReaderCondition::mute_card;
    }
    bool gone() const {
        return state_.condition == ReaderCondition::no_reader ||
               state_.condition == ReaderCondition::service_down;
    }
    bool ended() const { return guide_.stopped() || gone(); }

    // Waits until `wanted` holds; false when the reader went away, the person ended it or nothing came.
    template<class Wanted>
    bool await(Wanted wanted, bool through_absence = false) {
        const Instant until = SteadyClock::now() + plan_.patience;
        while (!wanted()) {
            if (guide_.stopped() || (gone() && !through_absence) || SteadyClock::now() >= until)
                return false;
            state_ = reader_.wait(state_, std::min(until, SteadyClock::now() + slice));
        }
        return true;
    }

    Result<void> end() {
        if (guide_.stopped())
            facts_.ended = Reason::cancelled;
        else if (gone() && facts_.unplug == ReaderFacts::Unplug::not_tried)
            facts_.ended = card::reason_of(state_.condition);
        return {};
    }

    Result<void> tap() {
        guide_.put_card(facts_.taps_done + 1, plan_.taps);
        const bool came = await([this] { return has_card(); });
        if (ended())
            return {};
        ++facts_.taps_done;
        if (!came) {
            lose(Reason::no_card);
            return {};
        }
        const auto met = meet();
        if (!met && describe(met.error().reason).cause == Cause::card && facts_.taps_done == 1)
            return met; // not the card to measure with; no loss of the reader's
        if (!met && spoils_measuring_)
            return met;
        if (!met)
            lose(met.error().reason);
        guide_.take_card();
        await([this] { return !has_card(); });
        return {};
    }

    void lose(Reason why) {
        ++facts_.lost[why];
        guide_.note({"取りこぼし: " + std::string(describe(why).japanese),
                     "lost: " + std::string(describe(why).english)});
    }

    // The card that lies there: opened, read, and at the first good tap measured with.
    Result<void> meet() {
        if (state_.condition == ReaderCondition::mute_card)
            return fail(Reason::card_mute);
        const Instant begun = SteadyClock::now();
        auto opened = reader_.open();
        if (!opened)
            return std::unexpected(opened.error());
        facts_.atr.push_back(since(begun));
        if (!facts_.contactless)
            facts_.contactless = card::is_contactless((*opened)->atr());
        if (facts_.largest_block == 0) {
            guide_.note({"一度に運べる量を調べています…", "finding the largest block..."});
            const auto block = largest_block(**opened);
            if (!block)
                return std::unexpected(block.error());
            facts_.largest_block = *block;
            opened->reset(); // a block that did not fit may have upset the card: begin anew
            opened = reader_.open();
            if (!opened)
                return std::unexpected(opened.error());
        }
        SizedTransaction card(**opened, std::min<std::size_t>((*opened)->read_block(), facts_.largest_block));
        if (static_cast<int>(facts_.free_data.size()) >= plan_.full_taps)
            return touch(card);
        return read(card);
    }

    Result<void> read(CardTransaction& card) {
        const Instant begun = SteadyClock::now();
        const auto free_data = mynumber::read_free_data(card, plan_.today);
        if (!free_data)
            return std::unexpected(free_data.error());
        facts_.free_data.push_back(since(begun));
        if (examined_)
            return {};
        examined_ = true; // the number is tried once, whatever comes
        for (int i = 0; i < plan_.round_trips && !guide_.stopped(); ++i) {
            const auto took = round_trip(card);
            if (!took)
                return std::unexpected(took.error());
            facts_.round_trip.push_back(*took);
        }
        return plan_.number ? read_photo(card, *free_data) : Result<void>();
    }

    Result<void> read_photo(CardTransaction& card, const mynumber::FreeData& free_data) {
        const auto number = mynumber::assemble({.number = plan_.number, .era_year = {}, .security_code = {}},
                                               free_data, plan_.today);
        mynumber::Guard guard(plan_.min_tries);
        const auto verified = number ? guard.verify(card, *number, mynumber::IdempotencyKey{1})
                                     : Result<mynumber::Verified>(std::unexpected(number.error()));
        if (!verified) {
            spoils_measuring_ = true; // no second try with this number, whatever the cause
            return std::unexpected(verified.error());
        }
        const auto read_with = [&](std::size_t block, std::vector<double>& times) -> Result<void> {
            SizedTransaction sized(card, block);
            for (int i = 0; i < plan_.photo_reads && !guide_.stopped(); ++i) {
                const Instant begun = SteadyClock::now();
                const auto record = mynumber::read_photo_record(sized, free_data.signer_certificate, {});
                if (!record)
                    return std::unexpected(record.error());
                times.push_back(since(begun));
            }
            return {};
        };
        auto done = read_with(card.read_block(), facts_.photo);
        if (done && facts_.largest_block > card.read_block())
            done = read_with(facts_.largest_block, facts_.photo_large);
        return done;
    }

    void unplug() {
        const std::string name = device_of(state_.reader);
        guide_.unplug();
        const bool noticed =
            await([this, &name] { return gone() || device_of(state_.reader) != name; }, true);
        if (guide_.stopped() || !noticed)
            return; // nobody pulled it: not measured
        guide_.plug();
        const bool back = await([this, &name] { return !gone() && device_of(state_.reader) == name; }, true);
        if (guide_.stopped())
            return;
        facts_.unplug = back ? ReaderFacts::Unplug::back : ReaderFacts::Unplug::not_back;
    }

    card::Reader& reader_;
    Guide& guide_;
    const ReaderPlan& plan_;
    ReaderFacts& facts_;
    card::ReaderState state_;
    bool examined_ = false;
    bool spoils_measuring_ = false;
};

} // namespace

Result<void> measure_reader(card::Reader& reader, Guide& guide, const ReaderPlan& plan, ReaderFacts& facts) {
    return Measuring(reader, guide, plan, facts).run();
}

} // namespace kaomon::choose
