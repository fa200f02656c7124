// kaomon-photo: decodes one photograph of a card in a cage and ends, so that nothing of one patient and no
// harm done by one card reaches the next. Started by photo::Decoder only; descriptor 0 is its socket,
// argument 1 its CPU time in milliseconds. Exit codes: 0 answered or not needed, 1 the daemon went away,
// 2 started by hand, 3 no cage, 4 out of memory, 5 the decoder does not work.
#include "daemon/photo/cage.hpp"
#include "daemon/photo/openjpeg.hpp"
#include "daemon/photo/self_test.hpp"
#include "daemon/photo/wire.hpp"
#include "drivers/base/system_call.hpp"

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <string_view>

namespace {

using namespace kaomon;
using namespace kaomon::photo;

bool read_all(void* into, std::size_t bytes) {
    auto* at = static_cast<char*>(into);
    while (bytes > 0) {
        const ssize_t got = retried([&] { return read(0, at, bytes); });
        if (got <= 0)
            return false;
        at += got;
        bytes -= static_cast<std::size_t>(got);
    }
    return true;
}

// The memory a card's photograph needs is there before it comes, and out of swap where that is allowed. A
// larger picture takes more as it goes.
void take_memory() {
    constexpr int heap_below = 32 << 20; // bytes, glibc's most; larger blocks are mapped one by one
    constexpr std::size_t usual = 1 << 20;
    mallopt(M_MMAP_THRESHOLD, heap_below);
    mallopt(M_TRIM_THRESHOLD, heap_below);
    void* const block = std::malloc(usual);
    if (block == nullptr)
        return;
    explicit_bzero(block, usual); // touches every page
    std::free(block);             // the heap keeps them
    mlockall(MCL_CURRENT);
}

// The exit code.
int serve() {
    wire::Request request{};
    if (!write_all(0, &wire::ready_byte, 1))
        return 1;
    if (!read_all(&request, sizeof request))
        return 0; // the daemon ended before it had a photograph
    if (request.bytes > max_photo_bytes)
        return 1;
    Bytes jp2(request.bytes);
    if (!read_all(jp2.data(), jp2.size()))
        return 1;
    const auto picture = unpack(jp2);
    const wire::Answer answer{picture ? wire::Status::decoded : wire::Status::malformed,
                              picture ? picture->raster : Raster{}};
    if (!write_all(0, &answer, sizeof answer))
        return 1;
    return !picture || write_all(0, picture->pixels.data(), picture->pixels.size()) ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    CageLimits limits;
    limits.cpu_ms = 0;
    const std::string_view budget = argc == 2 ? argv[1] : "";
    std::from_chars(budget.data(), budget.data() + budget.size(), limits.cpu_ms);
    if (limits.cpu_ms < 1 || limits.cpu_ms > 60'000)
        _exit(2);
    take_memory();
    if (!enter_cage(limits))
        _exit(3);
    try {
        if (!unpack(self_test_jp2))
            _exit(5);
        _exit(serve());
    } catch (const std::exception&) {
        _exit(4); // out of memory
    }
}
