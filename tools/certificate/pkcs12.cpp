#include "tools/certificate/pkcs12.hpp"

#include "tools/certificate/x509.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>
#include <openssl/x509.h>

#include <array>
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
    void operator()(STACK_OF(PKCS7) * held) const { sk_PKCS7_pop_free(held, PKCS7_free); }
};
using Stack = std::unique_ptr<STACK_OF(X509), StackRelease>;

// OpenSSL 3 keeps the ciphers of before 2010 (RC2, RC4, DES) in a provider of their own, which need not be
// installed. In a library context of their own they are nobody else's.
class OldCiphers {
  public:
    OldCiphers()
        : context_(OSSL_LIB_CTX_new()), usual_(OSSL_PROVIDER_load(context_, "default")),
          old_(OSSL_PROVIDER_load(context_, "legacy")) {}
    ~OldCiphers() {
        if (old_ != nullptr)
            OSSL_PROVIDER_unload(old_);
        if (usual_ != nullptr)
            OSSL_PROVIDER_unload(usual_);
        OSSL_LIB_CTX_free(context_);
    }
    OldCiphers(const OldCiphers&) = delete;
    OldCiphers& operator=(const OldCiphers&) = delete;
    OSSL_LIB_CTX* context() const { return old_ != nullptr ? context_ : nullptr; } // null: not installed

  private:
    OSSL_LIB_CTX* context_;
    OSSL_PROVIDER *usual_, *old_;
};

// `context` null: OpenSSL's own.
Bag bag_of(ByteView file, OSSL_LIB_CTX* context) {
    PKCS12* bag = context == nullptr ? nullptr : PKCS12_init_ex(NID_pkcs7_data, context, nullptr);
    const unsigned char* at = file.data();
    if (d2i_PKCS12(&bag, &at, static_cast<long>(file.size())) == nullptr)
        return {}; // d2i has freed it
    return Bag(bag);
}

struct Contents {
    Key key;
    Cert own;
    Stack others;
};

std::optional<Contents> parse(PKCS12& bag, const char* password) {
    EVP_PKEY* key = nullptr;
    X509* own = nullptr;
    STACK_OF(X509)* others = nullptr;
    const int parsed = PKCS12_parse(&bag, password, &key, &own, &others);
    Contents contents{Key(key), Cert(own), Stack(others)};
    ERR_clear_error();
    return parsed == 1 ? std::optional(std::move(contents)) : std::nullopt;
}

std::string name_of(const ASN1_OBJECT* object) {
    std::array<char, 80> text{};
    return object != nullptr && OBJ_obj2txt(text.data(), text.size(), object, 0) > 0 ? text.data() : "?";
}

// Of the first part that is encrypted: "pbeWithSHA1And40BitRC2-CBC".
std::string cipher_of(const PKCS12& bag) {
    const std::unique_ptr<STACK_OF(PKCS7), StackRelease> parts(PKCS12_unpack_authsafes(&bag));
    for (int at = 0; parts && at < sk_PKCS7_num(parts.get()); ++at) {
        const PKCS7* part = sk_PKCS7_value(parts.get(), at);
        if (PKCS7_type_is_encrypted(part) && part->d.encrypted != nullptr &&
            part->d.encrypted->enc_data != nullptr && part->d.encrypted->enc_data->algorithm != nullptr)
            return name_of(part->d.encrypted->enc_data->algorithm->algorithm);
    }
    ERR_clear_error();
    return "?";
}

// The checksum's digest, where this OpenSSL cannot compute it (PBMAC1 of RFC 9579 before OpenSSL 3.4).
std::optional<std::string> unknown_checksum(const PKCS12& bag) {
    const X509_ALGOR* kind = nullptr;
    PKCS12_get0_mac(nullptr, &kind, nullptr, nullptr, &bag);
    const ASN1_OBJECT* object = nullptr;
    if (kind != nullptr)
        X509_ALGOR_get0(&object, nullptr, nullptr, kind);
    if (object != nullptr && EVP_get_digestbyobj(object) != nullptr)
        return std::nullopt;
    return name_of(object);
}

std::unexpected<Trouble> unsupported(const std::string& cipher, bool password_is_right) {
    return trouble(
        exit_usage, "cipher_unsupported",
        {(password_is_right ? "パスワードは合っていますが、このパソコンの OpenSSL では開けない方式（"
                            : "パスワードを確かめられません。このパソコンの OpenSSL では開けない方式（") +
             cipher + "）で書かれたファイルです。",
         (password_is_right ? "the password is right, but this OpenSSL cannot open "
                            : "the password cannot be checked: this OpenSSL cannot open ") +
             cipher},
        {"openssl-provider-legacy "
         "を入れるか、受け取った人に今の方式（AES-256）での書き出しを頼んでください。",
         "install openssl-provider-legacy, or ask for a file written with AES-256"});
}

} // namespace

bool is_pkcs12(ByteView file) {
    const Bag bag = bag_of(file, nullptr);
    ERR_clear_error();
    return bag != nullptr;
}

Outcome<std::vector<Certificate>> read_pkcs12(ByteView file, const std::optional<SecretText>& password) {
    const Bag bag = bag_of(file, nullptr);
    if (!bag)
        return unreadable("PKCS#12 の形ではありません。", "not PKCS#12");
    SecretBytes terminated; // OpenSSL wants it to end with a zero
    if (password)
        terminated.assign(password->view().begin(), password->view().end());
    terminated.push_back(0);
    const bool checksum = PKCS12_mac_present(bag.get()) == 1;
    const char* word = reinterpret_cast<const char*>(terminated.data());
    if (!password && checksum && PKCS12_verify_mac(bag.get(), nullptr, 0) == 1)
        word = nullptr; // no password and an empty one are two
    const bool right = checksum && PKCS12_verify_mac(bag.get(), word, -1) == 1;
    ERR_clear_error();
    if (checksum && !right) {
        if (const auto unknown = unknown_checksum(*bag))
            return unsupported(*unknown, false);
        if (!password)
            return trouble(exit_usage, "password_needed",
                           {"このファイルを開くにはパスワードが要ります。", "this file needs its password"},
                           {"--password-from ファイル（- なら標準入力）で渡してください。",
                            "hand it over with --password-from FILE (- for standard input)"});
        return trouble(
            exit_usage, "password_wrong",
            {"パスワードが違うか、ファイルが壊れています。", "the password is wrong, or the file is damaged"},
            {"電子証明書に付いてきたパスワードを確かめてください。",
             "look at the password that came with the certificate"});
    }
    auto contents = parse(*bag, word);
    if (!contents) {
        const OldCiphers old;
        if (const Bag again = old.context() != nullptr ? bag_of(file, old.context()) : nullptr)
            contents = parse(*again, word);
        ERR_clear_error();
        if (!contents && right)
            return unsupported(cipher_of(*bag), true);
        if (!contents) // nothing in it tells a wrong password from a damaged file or an unknown cipher
            return trouble(exit_usage, "password_wrong",
                           {"パスワードが違うか、ファイルが壊れているか、開けない方式（" + cipher_of(*bag) +
                                "）です。ファイルに確認用の値（MAC）がないので、どれかは分かりません。",
                            "the password is wrong, the file is damaged, or its cipher (" + cipher_of(*bag) +
                                ") cannot be opened; it has no checksum that would tell which"},
                           {"電子証明書に付いてきたパスワードを確かめてください。",
                            "look at the password that came with the certificate"});
    }
    std::vector<Certificate> found;
    const auto add = [&](X509* one) -> std::optional<Trouble> {
        auto described = describe(*one);
        if (!described)
            return described.error();
        found.push_back(std::move(*described));
        return std::nullopt;
    };
    if (contents->own) {
        if (auto flaw = add(contents->own.get()))
            return std::unexpected(*flaw);
        found.front().has_key = contents->key != nullptr;
    }
    for (int at = 0;
         contents->others && at < sk_X509_num(contents->others.get()) && found.size() < most_certificates;
         ++at) {
        if (auto flaw = add(sk_X509_value(contents->others.get(), at)))
            return std::unexpected(*flaw);
    }
    if (found.empty())
        return unreadable("PKCS#12 の中に証明書がありません。", "the PKCS#12 file holds no certificate");
    return found;
}

} // namespace kaomon::certificate
