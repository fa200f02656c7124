#include "drivers/card/mynumber/x509.hpp"

#include <openssl/err.h>

namespace kaomon::card::mynumber {

X509Handle read_x509(ByteView der) {
    const unsigned char* at = der.data();
    X509Handle certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    ERR_clear_error(); // parse errors must not show up at the next user of this thread's queue
    return certificate;
}

} // namespace kaomon::card::mynumber
