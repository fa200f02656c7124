// One call while it is being answered: where replies go, and who learns that the caller is gone.
#pragma once

#include "daemon/socket/idl.hpp"
#include "daemon/socket/peer.hpp"

#include <boost/json/fwd.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace kaomon::socket {

// Thread-bound.
class Exchange {
  public:
    // Takes an encoded message, empty when the call is oneway; `last`: the call is answered.
    using Sink = std::function<void(std::string message, bool last)>;
    using Gone = std::function<void(Reason why)>;

    Exchange(std::shared_ptr<Peer> peer, bool more, bool oneway, Sink sink)
        : peer_(std::move(peer)), more_(more), oneway_(oneway), sink_(std::move(sink)) {}
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    const session::Caller& caller() const noexcept { return peer_->caller; }
    // The calls that follow on this connection are that caller's.
    void speak_for(session::Caller caller) { peer_->caller = std::move(caller); }
    bool more() const noexcept { return more_; }
    bool open() const noexcept {
        return static_cast<bool>(sink_);
    } // not yet answered, and the caller is still there

    // Once the method is known, what is said is held against its description (not with NDEBUG).
    void describe(const idl::Interface& interface, const idl::Method& method) noexcept;

    // Without effect when not open().
    void reply(boost::json::object parameters, bool continues = false);
    void refuse(std::string_view error, boost::json::object parameters); // `error` is qualified
    void refuse(std::string_view error);                                 // one without parameters

    // `gone` is called at most once: when the connection closes before the last reply.
    void when_gone(Gone gone) { gone_ = std::move(gone); }
    void abandon(Reason why);

  private:
    void send(std::string message, bool last);

    std::shared_ptr<Peer> peer_; // of the connection
    bool more_, oneway_;
    Sink sink_;
    Gone gone_;
    const idl::Interface* interface_ = nullptr;
    const idl::Method* method_ = nullptr;
};

} // namespace kaomon::socket
