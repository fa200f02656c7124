// The files of the state folder that weigh on cards and cameras, as text.
#include "daemon/session/suspicion_text.hpp"
#include "drivers/camera/origin/identity.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto entries = kaomon::session::read_suspicions(text)) {
        for (const auto& one : *entries) { // nobody's entry weighs on everybody
            if (one.known_by.empty() && one.why != kaomon::Reason::suspicion_unreadable)
                std::abort();
        }
        if (kaomon::session::read_suspicions(kaomon::session::text_of(*entries)) != entries)
            std::abort();
    }
    if (const auto identity = kaomon::camera::origin::read_identity(text)) {
        if (kaomon::camera::origin::text_of(*identity) != text)
            std::abort();
    }
    return 0;
}
