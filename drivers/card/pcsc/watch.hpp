// The readers of the service, watched: one look at a time, each as long as nothing changes.
#pragma once

#include "drivers/card/pcsc/context.hpp"
#include "drivers/card/pcsc/sighting.hpp"

#include <memory>
#include <mutex>

namespace kaomon::card::pcsc {

// Thread-bound, interrupt() aside.
class Watch {
  public:
    explicit Watch(std::string pattern) : pattern_(std::move(pattern)) {} // reader_name.hpp

    // Waits up to `longest` for anything to change (not at all when there is news already) and says how it
    // stands. A lost service is a state, and each look tries to find it again.
    // `held`: a card of ours is held; until it is let go or taken away, no other reader becomes ours.
    ReaderState look(Milliseconds longest, bool held);
    // Ends a look() that is waiting in the service. One that has not begun to wait is not ended.
    void interrupt() noexcept;
    // Null while the service is down.
    std::shared_ptr<Context> context() const noexcept { return context_; }

  private:
    bool find_service();
    bool list_readers();
    ReaderState lost();
    ReaderState current(bool held);
    void take(Sighting& reader, const SCARD_READERSTATE& seen);

    std::string pattern_;
    std::mutex guard_; // over context_ as interrupt() sees it
    std::shared_ptr<Context> context_;
    std::vector<Sighting> readers_;
    ReaderState state_;
    DWORD events_ = 0; // of our reader, when its card was last seen
    std::uint64_t arrivals_ = 0;
};

} // namespace kaomon::card::pcsc
