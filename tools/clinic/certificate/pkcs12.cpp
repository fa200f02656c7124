#include "tools/clinic/certificate/pkcs12.hpp"

#include "tools/clinic/certificate/x509.hpp"

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
using Cert = std::unique_ptr<X509, Releases<X509, X509_free>>;
using Bag = std::unique_ptr<PKCS12, Releases<PKCS12, PKCS12_free>>;
struct StackRelease {
    void operator()(STACK_OF(PKCS12_SAFEBAG) * held) const {
        sk_PKCS12_SAFEBAG_pop_free(held, PKCS12_SAFEBAG_free);
    }
    void operator()(STACK_OF(PKCS7) * held) const { sk_PKCS7_pop_free(held, PKCS7_free); }
};
using Bags = std::unique_ptr<STACK_OF(PKCS12_SAFEBAG), StackRelease>;

// OpenSSL 3 keeps the ciphers of before 2010 (RC2, RC4, DES) in a provider of their own, which need not be
// installed. While this lives, a library context with it is this thread's own; what was made in it must end
// before.
class OldCiphers {
  public:
    OldCiphers()
        : context_(OSSL_LIB_CTX_new()), usual_(OSSL_PROVIDER_load(context_, "default")),
          old_(OSSL_PROVIDER_load(context_, "legacy")), before_(OSSL_LIB_CTX_set0_default(context_)) {}
    ~OldCiphers() {
        OSSL_LIB_CTX_set0_default(before_);
        if (old_ != nullptr)
            OSSL_PROVIDER_unload(old_);
        if (usual_ != nullptr)
            OSSL_PROVIDER_unload(usual_);
        OSSL_LIB_CTX_free(context_);
    }
    OldCiphers(const OldCiphers&) = delete;
    OldCiphers& operator=(const OldCiphers&) = delete;
    bool installed() const { return old_ != nullptr; }

  private:
    OSSL_LIB_CTX* context_;
    OSSL_PROVIDER *usual_, *old_;
    OSSL_LIB_CTX* before_;
};

Bag bag_of(ByteView file) {
    const unsigned char* at = file.data();
    return Bag(d2i_PKCS12(nullptr, &at, static_cast<long>(file.size())));
}

struct Contents {
    std::vector<Cert> own, others; // own: those that belong to a key, as the file says
    bool key = false;
};

// Keys are seen and stay closed.
void add_bags(const STACK_OF(PKCS12_SAFEBAG) & bags, int depth, Contents& contents) {
    for (int at = 0; at < sk_PKCS12_SAFEBAG_num(&bags); ++at) {
        const PKCS12_SAFEBAG* bag = sk_PKCS12_SAFEBAG_value(&bags, at);
        const int kind = PKCS12_SAFEBAG_get_nid(bag);
        if (kind == NID_keyBag || kind == NID_pkcs8ShroudedKeyBag)
            contents.key = true;
        if (kind == NID_safeContentsBag && depth > 0) {
            if (const auto* inner = PKCS12_SAFEBAG_get0_safes(bag))
                add_bags(*inner, depth - 1, contents);
        }
        if (kind != NID_certBag || contents.own.size() + contents.others.size() >= most_certificates)
            continue;
        if (Cert one{PKCS12_SAFEBAG_get1_cert(bag)})
            (PKCS12_SAFEBAG_get0_attr(bag, NID_localKeyID) != nullptr ? contents.own : contents.others)
                .push_back(std::move(one));
    }
}

// Empty where a part cannot be opened.
std::optional<Contents> open_parts(const PKCS12& bag, const char* password) {
    constexpr int deepest = 3; // safes within safes
    Contents contents;
    const std::unique_ptr<STACK_OF(PKCS7), StackRelease> parts(PKCS12_unpack_authsafes(&bag));
    for (int at = 0; parts && at < sk_PKCS7_num(parts.get()); ++at) {
        PKCS7* part = sk_PKCS7_value(parts.get(), at);
        const Bags bags(PKCS7_type_is_data(part)        ? PKCS12_unpack_p7data(part)
                        : PKCS7_type_is_encrypted(part) ? PKCS12_unpack_p7encdata(part, password, -1)
                                                        : nullptr);
        ERR_clear_error();
        if (!bags)
            return std::nullopt;
        add_bags(*bags, deepest, contents);
    }
    return parts ? std::optional(std::move(contents)) : std::nullopt;
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

std::unexpected<Trouble> needed() {
    return trouble(exit_usage, "password_needed",
                   {"このファイルを開くにはパスワードが要ります。", "this file needs its password"},
                   {"--password-from ファイル（- なら標準入力）で渡してください。",
                    "hand it over with --password-from FILE (- for standard input)"});
}

} // namespace

bool is_pkcs12(ByteView file) {
    const Bag bag = bag_of(file);
    ERR_clear_error();
    return bag != nullptr;
}

Outcome<std::vector<Certificate>> read_pkcs12(ByteView file, const std::optional<SecretText>& password) {
    const Bag bag = bag_of(file);
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
            return needed();
        return trouble(
            exit_usage, "password_wrong",
            {"パスワードが違うか、ファイルが壊れています。", "the password is wrong, or the file is damaged"},
            {"電子証明書に付いてきたパスワードを確かめてください。",
             "look at the password that came with the certificate"});
    }
    std::optional<OldCiphers> old; // outlives the contents
    const auto opened = [&](const PKCS12& from) {
        auto contents = open_parts(from, word);
        return contents || password || checksum ? std::move(contents) : open_parts(from, nullptr);
    };
    auto contents = opened(*bag);
    if (!contents) {
        old.emplace();
        if (const Bag again = old->installed() ? bag_of(file) : nullptr)
            contents = opened(*again);
        ERR_clear_error();
    }
    if (!contents && right)
        return unsupported(cipher_of(*bag), true);
    if (!contents && !password)
        return needed();
    if (!contents) // nothing in it tells a wrong password from a damaged file or an unknown cipher
        return trouble(exit_usage, "password_wrong",
                       {"パスワードが違うか、ファイルが壊れているか、開けない方式（" + cipher_of(*bag) +
                            "）です。ファイルに確認用の値（MAC）がないので、どれかは分かりません。",
                        "the password is wrong, the file is damaged, or its cipher (" + cipher_of(*bag) +
                            ") cannot be opened; it has no checksum that would tell which"},
                       {"電子証明書に付いてきたパスワードを確かめてください。",
                        "look at the password that came with the certificate"});
    std::vector<Certificate> found;
    for (const auto* some : {&contents->own, &contents->others}) {
        for (const Cert& one : *some) {
            auto described = describe(*one);
            if (!described)
                return std::unexpected(described.error());
            found.push_back(std::move(*described));
        }
    }
    if (found.empty())
        return unreadable("PKCS#12 の中に証明書がありません。", "the PKCS#12 file holds no certificate");
    found.front().has_key = contents->key;
    return found;
}

} // namespace kaomon::certificate
