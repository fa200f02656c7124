// What the patient's screen and staff see of the visit that runs, and what they may do beside it.
#include "daemon/session/verification_desk_impl.hpp"

#include <boost/asio/post.hpp>

namespace kaomon::session {

void VerificationDesk::Impl::show_staff(std::optional<LastVerdict> last) {
    StaffView view{.help = staff.now.help, .last = last ? last : staff.now.last};
    if (running) {
        const Update now = update();
        view.state = now.state;
        view.hint = now.hint;
        view.methods = running->offered();
        view.tries_left = now.tries_left;
        view.pin_tries_left = now.pin_tries_left;
        view.retry_after = now.retry_after;
        view.card_expiry = running->card_expiry;
        view.earlier = running->earlier;
        view.warnings = now.warnings;
        view.attributes = running->request.attributes;
        if (running->consent)
            view.consent = running->consent->given;
        if (running->request.purpose)
            view.purpose = running->request.purpose->word;
        view.last.reset();
    }
    staff.now = std::move(view);
    staff.publish();
}

void VerificationDesk::Impl::call_staff(bool wanted) {
    screen->show_help(wanted);
    staff.now.help = wanted;
    staff.publish();
}

// The face thread makes pictures only while somebody listens.
std::uint64_t VerificationDesk::Impl::preview(PreviewListener listener) {
    preview_listener = std::move(listener);
    if (face) // else the desk has stopped
        face->preview([weak = weak_from_this(), &io = loop](visit::PreviewFrame frame) {
            boost::asio::post(io, [weak, frame = std::move(frame)] {
                const auto desk = weak.lock();
                if (!desk || !desk->preview_listener)
                    return;
                const auto listens = desk->preview_listener; // it may end itself from within
                listens(frame);
            });
        });
    return ++previews;
}

void VerificationDesk::Impl::end_preview() {
    preview_listener = nullptr;
    if (face)
        face->preview({});
}

kaomon::Result<void> VerificationDesk::owns_screen(const ScreenId& screen, const Caller& caller) const {
    return impl_->screen->owned(screen, caller);
}
void VerificationDesk::call_staff(bool wanted) {
    impl_->call_staff(wanted);
}
std::uint64_t VerificationDesk::preview(PreviewListener listener) {
    return impl_->preview(std::move(listener));
}
void VerificationDesk::end_preview(std::uint64_t token) {
    if (token == impl_->previews)
        impl_->end_preview();
}
StaffView VerificationDesk::staff_view() const {
    return impl_->staff.now;
}
std::uint64_t VerificationDesk::follow(Follower follower) {
    return impl_->staff.watch(std::move(follower));
}
void VerificationDesk::unfollow(std::uint64_t token) noexcept {
    impl_->staff.unwatch(token);
}

} // namespace kaomon::session
