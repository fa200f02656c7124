#include "tools/certificate/certificate.hpp"
#include "tools/certificate/x509.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509.h>

#include <fstream>
#include <memory>

namespace kaomon::certificate {
namespace {

template<class T, void (*release)(T*)>
struct Releases {
    void operator()(T* held) const { release(held); }
};
using Key = std::unique_ptr<EVP_PKEY, Releases<EVP_PKEY, EVP_PKEY_free>>;
using Cert = std::unique_ptr<X509, Releases<X509, X509_free>>;
using Bag = std::unique_ptr<PKCS12, Releases<PKCS12, PKCS12_free>>;
struct StackRelease {
    void operator()(STACK_OF(X509) * held) const { sk_X509_pop_free(held, X509_free); }
};
using Stack = std::unique_ptr<STACK_OF(X509), StackRelease>;

using Certificates = std::vector<Certificate>;

// PEM: every certificate block; other blocks (keys among them) are passed over unread.
Outcome<Certificates> from_pem(ByteView file) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> in(
        BIO_new_mem_buf(file.data(), static_cast<int>(file.size())), BIO_free);
    Certificates found;
    while (found.size() < most_certificates) {
        const Cert one(
            PEM_read_bio_X509(in.get(), nullptr, [](char*, int, int, void*) { return -1; }, nullptr));
        if (!one)
            break;
        auto described = describe(*one);
        if (!described)
            return std::unexpected(described.error());
        found.push_back(std::move(*described));
    }
    ERR_clear_error();
    if (found.empty())
        return unreadable("PEM の中に証明書がありません。", "the PEM file holds no certificate");
    const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
    found.front().has_key = text.find("PRIVATE KEY-----") != std::string_view::npos;
    return found;
}

Outcome<Certificates> from_pkcs12(PKCS12& bag, const std::optional<SecretText>& password) {
    SecretBytes terminated; // OpenSSL wants it to end with a zero
    if (password)
        terminated.assign(password->view().begin(), password->view().end());
    terminated.push_back(0);
    const bool without = PKCS12_verify_mac(&bag, nullptr, 0) == 1 || PKCS12_verify_mac(&bag, "", 0) == 1;
    if (!password && !without && PKCS12_mac_present(&bag) == 1)
        return trouble(exit_usage, "password_needed",
                       {"このファイルを開くにはパスワードが要ります。", "this file needs its password"},
                       {"--password-from ファイル（- なら標準入力）で渡してください。",
                        "hand it over with --password-from FILE (- for standard input)"});
    EVP_PKEY* key = nullptr;
    X509* own = nullptr;
    STACK_OF(X509)* others = nullptr;
    const int parsed = PKCS12_parse(&bag,
                                    password ? reinterpret_cast<const char*>(terminated.data())
                                             : (PKCS12_verify_mac(&bag, nullptr, 0) == 1 ? nullptr : ""),
                                    &key, &own, &others);
    const Key key_holder(key);
    const Cert own_holder(own);
    const Stack others_holder(others);
    ERR_clear_error();
    if (parsed != 1)
        return trouble(
            exit_usage, "password_wrong",
            {"パスワードが違うか、ファイルが壊れています。", "the password is wrong, or the file is damaged"},
            {"電子証明書に付いてきたパスワードを確かめてください。",
             "look at the password that came with the certificate"});
    Certificates found;
    const auto add = [&](X509* one) -> std::optional<Trouble> {
        auto described = describe(*one);
        if (!described)
            return described.error();
        found.push_back(std::move(*described));
        return std::nullopt;
    };
    if (own != nullptr) {
        if (auto flaw = add(own))
            return std::unexpected(*flaw);
        found.front().has_key = key != nullptr;
    }
    for (int at = 0; others != nullptr && at < sk_X509_num(others) && found.size() < most_certificates;
         ++at) {
        if (auto flaw = add(sk_X509_value(others, at)))
            return std::unexpected(*flaw);
    }
    if (found.empty())
        return unreadable("PKCS#12 の中に証明書がありません。", "the PKCS#12 file holds no certificate");
    return found;
}

} // namespace

Outcome<Certificates> read(ByteView file, const std::optional<SecretText>& password) {
    if (file.size() > largest_file)
        return unreadable("ファイルが1 MiBより大きすぎます。", "the file is larger than 1 MiB");
    const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
    if (text.find("-----BEGIN ") != std::string_view::npos)
        return from_pem(file);
    const unsigned char* at = file.data();
    if (const Bag bag(d2i_PKCS12(nullptr, &at, static_cast<long>(file.size()))); bag)
        return from_pkcs12(*bag, password);
    ERR_clear_error();
    auto one = describe_der(file);
    ERR_clear_error();
    if (!one)
        return std::unexpected(one.error());
    return Certificates{std::move(*one)};
}

Outcome<Certificates> read_file(const std::filesystem::path& file,
                                const std::optional<SecretText>& password) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error))
        return unreadable(file.string() + " というファイルはありません。",
                          "there is no file " + file.string());
    std::ifstream in(file, std::ios::binary);
    SecretBytes bytes(largest_file + 1); // a PKCS#12 file holds a key
    in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!in.eof() && !in)
        return unreadable(file.string() + " を開けません。", file.string() + " cannot be opened");
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    return read(bytes, password);
}

} // namespace kaomon::certificate
