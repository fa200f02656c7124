// Memory for what belongs to a patient: wiped when given back; large blocks are locked and left out of core
// dumps.
#pragma once

#include "drivers/base/bytes.hpp"

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace kaomon {

// Blocks of a page and more are mapped on their own: locked (as far as RLIMIT_MEMLOCK allows) and undumpable.
// Thread-safe, as malloc is.
void* allocate_secret(std::size_t bytes);
void release_secret(void* block, std::size_t bytes) noexcept;

// Overwrites in a way the compiler keeps.
void wipe(void* block, std::size_t bytes) noexcept;

template<class T>
struct SecretAllocator {
    using value_type = T;
    SecretAllocator() = default;
    template<class U>
    SecretAllocator(const SecretAllocator<U>&) noexcept {}
    T* allocate(std::size_t n) { return static_cast<T*>(allocate_secret(n * sizeof(T))); }
    void deallocate(T* block, std::size_t n) noexcept { release_secret(block, n * sizeof(T)); }
    friend bool operator==(const SecretAllocator&, const SecretAllocator&) noexcept { return true; }
};

template<class T>
using SecretVector = std::vector<T, SecretAllocator<T>>;

// Bytes of a card, a photograph, a frame. A view of it is a ByteView.
using SecretBytes = SecretVector<std::uint8_t>;

// A PIN or a number as text. Not a std::string: that one keeps short texts inside itself and never wipes
// them.
class SecretText {
  public:
    SecretText() = default;
    explicit SecretText(std::string_view text) : characters_(text.begin(), text.end()) {}
    std::string_view view() const noexcept { return {characters_.data(), characters_.size()}; }
    bool empty() const noexcept { return characters_.empty(); }

  private:
    SecretVector<char> characters_;
};

// A plain value (a template, a key) that is wiped when it goes.
template<class T>
class Secret {
    static_assert(std::is_trivially_copyable_v<T>);

  public:
    Secret() = default;
    explicit Secret(const T& value) : value_(value) {}
    Secret(const Secret&) = default;
    Secret& operator=(const Secret&) = default;
    ~Secret() { wipe(&value_, sizeof value_); }
    const T& get() const noexcept { return value_; }
    T& get() noexcept { return value_; }

  private:
    T value_{};
};

} // namespace kaomon
