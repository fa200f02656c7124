// Whom the result names, and whether it is whom the caller expects.
#include "daemon/result/base64url.hpp"
#include "daemon/session/verification_desk_impl.hpp"

namespace kaomon::session {
namespace {

bool is_named(const card::mynumber::SubjectReference& subject, const std::string& reference) {
    return result::to_base64url(subject.value) == reference ||
           (subject.previous && result::to_base64url(*subject.previous) == reference);
}

} // namespace

const card::mynumber::SubjectReference* Verification::subject() const {
    const auto* chip = chip_subject ? &*chip_subject : nullptr;
    const auto* sign_in = sign_in_subject ? &*sign_in_subject : nullptr;
    switch (method) {
    case Method::face:
        return chip;
    case Method::pin: // the card signed with that key
        return genuineness.chip == card::mynumber::Check::valid ? sign_in : nullptr;
    case Method::visual_check:
        break;
    }
    return chip != nullptr ? chip : sign_in;
}

bool VerificationDesk::Impl::is_other_person(const std::optional<card::mynumber::SubjectReference>& subject) {
    const auto& expect = running->request.expect;
    if (!subject || !expect || expect->reference.empty() || expect->kind != subject->kind)
        return false;
    running->reference_found = is_named(*subject, expect->reference) ? Expected::match : Expected::mismatch;
    return running->reference_found == Expected::mismatch;
}

void VerificationDesk::Impl::end_for_other_person() {
    handle(running->state == State::reading_card ? Event::card_failed : Event::record_rejected,
           match::refuse(Reason::other_person_expected));
}

} // namespace kaomon::session
