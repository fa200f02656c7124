// Primes for the keys of cards that nobody must trust.
#pragma once

#include <openssl/bn.h>

namespace kaomon::card::simulated {

// Raises an odd number of more than 13 bits to the first one from there on that is prime (no small factor,
// Fermat's test with the bases 2 and 3: among random numbers of 1024 bits fewer than one in 2^100 passes
// without being prime) and leaves another remainder than 1 by `exponent`. A quarter of the time of OpenSSL's
// own, which tests 64 times. False: out of memory. Reentrant.
bool raise_to_prime(BIGNUM* number, unsigned long exponent, BN_CTX* scratch);

} // namespace kaomon::card::simulated
