// Memory for what belongs to a patient: in the process's arena, wiped when given back.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/result.hpp"

#include <cstddef>
#include <memory>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace kaomon {

class Arena;

// From here on secrets live in one arena of that many bytes (arena.hpp). Once, before the first thread.
// Reason: internal_error. A program that never calls this (a tool) keeps them in blocks of their own, as
// below.
Result<void> open_secret_arena(std::size_t bytes);
const Arena* secret_arena() noexcept; // nullptr where there is none

// From the arena. Without one, or when it is full: blocks of a page and more are mapped on their own, locked
// as far as RLIMIT_MEMLOCK allows and undumpable; smaller ones come from the heap. Thread-safe, as malloc is.
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

// A plain value (a template, a key) that is wiped when it goes. Kept where secrets are and not in the object:
// moving one through queues and events leaves no copy on a stack. One that was moved from has no value.
template<class T>
class Secret {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= alignof(std::max_align_t));

  public:
    Secret() : Secret(T{}) {}
    explicit Secret(const T& value) : value_(new(allocate_secret(sizeof(T))) T(value)) {}
    Secret(const Secret& other) : Secret(other.get()) {}
    Secret(Secret&&) noexcept = default;
    Secret& operator=(Secret other) noexcept {
        value_.swap(other.value_);
        return *this;
    }
    ~Secret() = default;
    const T& get() const noexcept { return *value_; }
    T& get() noexcept { return *value_; }

  private:
    struct Release {
        void operator()(T* value) const noexcept { release_secret(value, sizeof(T)); }
    };
    std::unique_ptr<T, Release> value_;
};

} // namespace kaomon

// Compiled once (secret_bytes.cpp), and optimised in sanitized builds too: they would go byte by byte.
extern template class std::vector<std::uint8_t, kaomon::SecretAllocator<std::uint8_t>>;
