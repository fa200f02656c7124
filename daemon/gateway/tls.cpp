#include "daemon/gateway/tls.hpp"

#include "daemon/gateway/authority.hpp"

#include <boost/asio/ssl/context.hpp>
#include <openssl/ssl.h>

namespace kaomon::gateway {

namespace ssl = boost::asio::ssl;

Result<std::shared_ptr<ssl::context>> tls_context(const Authority& authority, bool tls12) {
    auto made = std::make_shared<ssl::context>(ssl::context::tls_server);
    SSL_CTX* const context = made->native_handle();
    const std::uint64_t options =
        SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE;
    SSL_CTX_set_options(context, options);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr); // asked for; a wrong one ends the handshake
    SSL_CTX_set_verify_depth(context, 1);
    X509_STORE* const store = SSL_CTX_get_cert_store(context);
    if (SSL_CTX_set_num_tickets(context, 0) != 1 ||
        SSL_CTX_set_min_proto_version(context, tls12 ? TLS1_2_VERSION : TLS1_3_VERSION) != 1 ||
        SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION) != 1 ||
        SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20") != 1 ||
        SSL_CTX_set1_groups_list(context, "X25519:P-256") != 1 ||
        SSL_CTX_use_certificate(context, authority.server_certificate()) != 1 ||
        SSL_CTX_use_PrivateKey(context, authority.server_key()) != 1 ||
        SSL_CTX_add1_chain_cert(context, authority.certificate()) != 1 ||
        X509_STORE_add_cert(store, authority.certificate()) != 1 ||
        SSL_CTX_add_client_CA(context, authority.certificate()) != 1)
        return fail(Reason::key_unreadable, "TLS: OpenSSL does not take the gateway's certificates");
    return made;
}

std::optional<ShownCertificate> certificate_of(const ssl_st* tls) {
    const X509* const shown = tls == nullptr ? nullptr : SSL_get0_peer_certificate(tls);
    if (shown == nullptr || SSL_get_verify_result(tls) != X509_V_OK)
        return std::nullopt;
    return ShownCertificate{serial_of(shown), sha256_of(shown)};
}

} // namespace kaomon::gateway
