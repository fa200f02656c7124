#include "tools/clinic/rehearse/test_visit.hpp"

#include "daemon/visit/card_part.hpp"

namespace kaomon::rehearse {
namespace {

namespace mynumber = card::mynumber;

template<class Work>
auto timed(double& milliseconds, Work work) {
    const Instant begun = SteadyClock::now();
    auto done = work();
    milliseconds = std::chrono::duration<double, std::milli>(SteadyClock::now() - begun).count();
    return done;
}

// The steps of a session, one after the other: nobody keys anything in between.
class Course {
  public:
    Course(const Desk& desk, card::Reader& reader, const SimulatedCard& issued, Date today,
           const std::function<void(Reason)>& hint)
        : desk_(desk), reader_(reader), number_(issued.number), hint_(hint),
          card_(reader, {.min_tries = desk.min_tries,
                         .trust = issued.trust,
                         .sign_in_trust = {},
                         .today = [today] { return today; },
                         .now =
                             [today] {
                                 return std::chrono::sys_days(today).time_since_epoch() /
                                        std::chrono::seconds(1);
                             }}),
          face_(desk.devices, desk.demands) {}

    Visit run() {
        const match::Verdict verdict = decided();
        face_.end();
        card_.end();
        return {verdict, stages_};
    }

  private:
    match::Verdict decided() {
        if (const auto failed = timed(stages_.first_frame, [&] { return face_.begin(); }))
            return refuse(*failed);
        const auto read = timed(stages_.card, [&] { return read_card(); });
        const auto* record = std::get_if<visit::RecordRead>(&read);
        if (record == nullptr)
            return refuse(read);
        if (record->genuineness.reason)
            return match::refuse(*record->genuineness.reason);
        const auto made = timed(stages_.photograph, [&] { return face_.make_reference(record->photo); });
        const auto* reference = std::get_if<visit::ReferenceReady>(&made);
        if (reference == nullptr)
            return refuse(made);
        const auto seen = timed(stages_.face, [&] { return look(); });
        const auto* probe = std::get_if<visit::FaceReady>(&seen);
        if (probe == nullptr)
            return refuse(seen);
        return timed(stages_.comparison, [&] {
            return visit::decide(desk_.rule, record->genuineness, probe->liveness, probe->probe,
                                 reference->reference);
        });
    }

    visit::CardEvent read_card() {
        card_.begin();
        card_.reader_changed(reader_.wait({}, SteadyClock::now() + std::chrono::seconds(1)));
        auto met = card_.meet_card();
        if (!met)
            return visit::CardFailed{
                {card::reason_of(card_.reader_state().condition), "no card on the reader"}};
        if (!std::holds_alternative<visit::FreeDataRead>(*met))
            return std::move(*met);
        return card_.read_record({.number = number_, .era_year = {}, .security_code = {}},
                                 mynumber::IdempotencyKey{1});
    }

    // Until the face's part has come to its end, or the person to that of patience.
    visit::FaceEvent look() {
        const Instant until = SteadyClock::now() + desk_.patience;
        std::optional<Reason> last;
        while (SteadyClock::now() < until) {
            auto event = face_.look();
            if (!event)
                continue;
            const auto* hint = std::get_if<visit::FaceHint>(&*event);
            if (hint == nullptr)
                return std::move(*event);
            if (last != hint->hint)
                hint_(hint->hint);
            last = hint->hint;
        }
        return visit::FaceFailed{{visit::reason_at_deadline(last), "no probe in time"}, face_.evidence()};
    }

    // Of an event that ends a visit without a comparison.
    template<class... Events>
    static match::Verdict refuse(const std::variant<Events...>& event) {
        return std::visit(
            [](const auto& one) {
                if constexpr (requires { one.why; })
                    return match::refuse(one.why.reason);
                else
                    return match::refuse(Reason::internal_error); // no such end
            },
            event);
    }

    const Desk& desk_;
    card::Reader& reader_;
    const SecretText& number_;
    const std::function<void(Reason)>& hint_;
    visit::CardPart card_;
    visit::FacePart face_;
    Stages stages_;
};

} // namespace

Visit visit(const Desk& desk, card::Reader& reader, const SimulatedCard& issued, Date today,
            const std::function<void(Reason)>& hint) {
    return Course(desk, reader, issued, today, hint).run();
}

} // namespace kaomon::rehearse
