#include "drivers/card/simulated/prime.hpp"

#include "drivers/card/mynumber/openssl_handles.hpp"

#include <algorithm>
#include <memory>
#include <vector>

namespace kaomon::card::simulated {
namespace {

using Number = std::unique_ptr<BIGNUM, mynumber::Free<&BN_clear_free>>;

// The odd ones below 2^13: one odd number in eight has none of them as a factor.
const std::vector<unsigned>& small_primes() {
    static const auto found = [] {
        std::vector<unsigned> primes;
        for (unsigned number = 3; number < 1U << 13; number += 2) {
            if (std::ranges::none_of(primes, [&](unsigned prime) { return number % prime == 0; }))
                primes.push_back(number);
        }
        return primes;
    }();
    return found;
}

// a^(n-1) mod n. Fermat: 1 for a prime. -1: out of memory.
int fermat(const BIGNUM* n, unsigned long base, BN_CTX* scratch) {
    const Number a(BN_new()), less(BN_dup(n)), power(BN_new());
    if (!a || !less || !power || BN_set_word(a.get(), base) != 1 || BN_sub_word(less.get(), 1) != 1 ||
        BN_mod_exp_mont(power.get(), a.get(), less.get(), n, scratch, nullptr) != 1)
        return -1;
    return BN_is_one(power.get());
}

} // namespace

bool raise_to_prime(BIGNUM* number, unsigned long exponent, BN_CTX* scratch) {
    const auto& primes = small_primes();
    std::vector<unsigned> remainders;
    for (const unsigned prime : primes)
        remainders.push_back(static_cast<unsigned>(BN_mod_word(number, prime)));
    for (unsigned added = 0;; added += 2) {
        bool open = true;
        for (std::size_t i = 0; open && i < primes.size(); ++i)
            open = (remainders[i] + added) % primes[i] != 0;
        if (!open)
            continue;
        const Number candidate(BN_dup(number));
        if (!candidate || BN_add_word(candidate.get(), added) != 1)
            return false;
        if (BN_mod_word(candidate.get(), exponent) == 1)
            continue;
        const int by_two = fermat(candidate.get(), 2, scratch);
        const int by_three = by_two == 1 ? fermat(candidate.get(), 3, scratch) : by_two;
        if (by_three < 0)
            return false;
        if (by_three == 1)
            return BN_copy(number, candidate.get()) != nullptr;
    }
}

} // namespace kaomon::card::simulated
