#include "drivers/card/pcsc/context.hpp"

#include <cstring>

namespace kaomon::card::pcsc {

Result<std::shared_ptr<Context>> Context::establish() {
    SCARDCONTEXT context = 0;
    const auto made =
        check(SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context), "SCardEstablishContext");
    if (!made)
        return fail(Reason::reader_service_down, made.error().detail);
    return std::shared_ptr<Context>(new Context(context));
}

Context::~Context() {
    SCardReleaseContext(context_);
}

Result<std::vector<std::string>> Context::readers() const {
    std::vector<std::string> names;
    // room for the largest list there can be, so that it need not be asked for twice
    std::vector<char> list(PCSCLITE_MAX_READERS_CONTEXTS * MAX_READERNAME + 1);
    auto size = static_cast<DWORD>(list.size());
    const LONG code = SCardListReaders(context_, nullptr, list.data(), &size);
    if (code == SCARD_E_NO_READERS_AVAILABLE)
        return names;
    if (const auto listed = check(code, "SCardListReaders"); !listed)
        return std::unexpected(listed.error());
    for (const char* name = list.data(); *name != '\0'; name += std::strlen(name) + 1)
        names.emplace_back(name);
    return names;
}

} // namespace kaomon::card::pcsc
