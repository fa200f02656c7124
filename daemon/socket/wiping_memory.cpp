#include "daemon/socket/wiping_memory.hpp"

#include "drivers/base/secret.hpp"

#include <boost/json/memory_resource.hpp>

namespace kaomon::socket {
namespace {

// Blocks go back one by one (not trivially, as in a monotonic resource): so growth of a string leaves no copy
// either.
class WipingMemory final : public boost::json::memory_resource {
    void* do_allocate(std::size_t bytes, std::size_t) override { return allocate_secret(bytes); }
    void do_deallocate(void* block, std::size_t bytes, std::size_t) override { release_secret(block, bytes); }
    bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }
};

} // namespace

boost::json::storage_ptr wiping_memory() noexcept {
    static WipingMemory memory;
    return &memory;
}

} // namespace kaomon::socket
