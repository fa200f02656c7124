// A connection to the PC/SC service.
#pragma once

#include "drivers/card/pcsc/call.hpp"

#include <memory>
#include <string>
#include <vector>

namespace kaomon::card::pcsc {

class Context {
  public:
    // Reason: reader_service_down.
    static Result<std::shared_ptr<Context>> establish();
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;
    ~Context();

    SCARDCONTEXT get() const noexcept { return context_; }
    // Names of the readers, in pcscd's order; none is an empty list. Thread-bound.
    Result<std::vector<std::string>> readers() const;
    // Ends an SCardGetStatusChange that runs on this context. Thread-safe.
    void cancel() const noexcept { SCardCancel(context_); }

  private:
    explicit Context(SCARDCONTEXT context) noexcept : context_(context) {}
    SCARDCONTEXT context_;
};

} // namespace kaomon::card::pcsc
