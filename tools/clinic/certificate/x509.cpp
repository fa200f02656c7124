#include "tools/clinic/certificate/x509.hpp"

#include "drivers/base/toml_screen.hpp"

#include <fmt/format.h>
#include <openssl/asn1.h>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <toml++/toml.h>

#include <array>
#include <memory>

namespace kaomon::data {
extern const std::string_view purposes_toml;
}

namespace kaomon::certificate {
namespace {

constexpr std::size_t longest_name = 400; // bytes of a subject or issuer

struct Purpose {
    std::string holds;
    Text text;
};

const std::vector<Purpose>& purposes() {
    static const auto all = [] {
        std::vector<Purpose> found;
        if (screen_toml(data::purposes_toml))
            return found; // a test reads the file
        const toml::table parsed = toml::parse(data::purposes_toml);
        for (const auto& [name, node] : parsed)
            found.push_back(
                {node.at_path("holds").value_or(std::string()),
                 {node.at_path("ja").value_or(std::string()), node.at_path("en").value_or(std::string())}});
        return found;
    }();
    return all;
}

std::string text_of(const X509_NAME* name) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), BIO_free);
    if (!out || X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB) < 0)
        return {};
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(out.get(), &bytes);
    std::string text(bytes, static_cast<std::size_t>(std::max(size, 0L)));
    std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    return text.size() > longest_name ? text.substr(0, longest_name) : text;
}

std::optional<Date> day_of(const ASN1_TIME* time) {
    std::tm parts{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1)
        return std::nullopt;
    using namespace std::chrono;
    const Date day = year(parts.tm_year + 1900) / month(static_cast<unsigned>(parts.tm_mon + 1)) /
                     std::chrono::day(static_cast<unsigned>(parts.tm_mday));
    if (!day.ok())
        return std::nullopt;
    return Date(floor<days>(sys_days(day) + hours(parts.tm_hour) + minutes(parts.tm_min) + hours(9)));
}

std::string fingerprint(const X509& certificate) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    std::string text;
    if (X509_digest(&certificate, EVP_sha256(), digest.data(), &size) != 1)
        return text;
    for (unsigned at = 0; at < size; ++at)
        text += fmt::format("{:02x}", digest[at]);
    return text;
}

std::string serial_of(const X509& certificate) {
    const std::unique_ptr<BIGNUM, decltype(&BN_free)> number(
        ASN1_INTEGER_to_BN(X509_get0_serialNumber(&certificate), nullptr), BN_free);
    if (!number || BN_num_bytes(number.get()) > 32)
        return {};
    char* digits = BN_bn2hex(number.get());
    std::string text(digits == nullptr ? "" : digits);
    OPENSSL_free(digits);
    return text;
}

// What is written there, of the key usage and of the extended one: "E-mail Protection, keyEncipherment".
std::string uses_of(const X509& certificate, std::uint32_t key_usage) {
    constexpr std::size_t longest = 200; // bytes
    std::string text;
    const auto add = [&text](std::string_view one) {
        if (text.size() < longest)
            text.append(text.empty() ? "" : ", ").append(one);
    };
    const std::unique_ptr<EXTENDED_KEY_USAGE, decltype(&EXTENDED_KEY_USAGE_free)> extended(
        static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(&certificate, NID_ext_key_usage, nullptr, nullptr)),
        EXTENDED_KEY_USAGE_free);
    for (int at = 0; extended && at < sk_ASN1_OBJECT_num(extended.get()); ++at) {
        std::array<char, 80> name{};
        OBJ_obj2txt(name.data(), name.size(), sk_ASN1_OBJECT_value(extended.get(), at), 0);
        add(name.data());
    }
    struct Bit {
        std::uint32_t bit;
        std::string_view name;
    };
    for (const auto& [bit, name] :
         {Bit{KU_DIGITAL_SIGNATURE, "digitalSignature"}, Bit{KU_NON_REPUDIATION, "nonRepudiation"},
          Bit{KU_KEY_ENCIPHERMENT, "keyEncipherment"}, Bit{KU_DATA_ENCIPHERMENT, "dataEncipherment"},
          Bit{KU_KEY_AGREEMENT, "keyAgreement"}, Bit{KU_KEY_CERT_SIGN, "keyCertSign"},
          Bit{KU_CRL_SIGN, "cRLSign"}}) {
        if ((key_usage & bit) != 0)
            add(name);
    }
    return text.empty() ? "-" : text;
}

Text purpose_of(const Certificate& one, const std::string& uses) {
    if (one.use_unreadable)
        return {"用途の欄を読めません。発行元に確かめてください。",
                "what it may be used for cannot be read: ask who issued it"};
    if (one.is_ca)
        return {"証明書を発行する側（認証局）の証明書です。端末の証明書ではありません。",
                "of an issuer (CA), not of a device"};
    if (one.other_use && !one.server)
        return {"ほかの用途（" + uses + "）の証明書です。端末が相手に名乗る用途には使えません。",
                "for something else (" + uses + "), not for a device that signs in"};
    for (const Purpose& known : purposes()) {
        if (!one.other_use && (one.issuer.find(known.holds) != std::string::npos ||
                               one.subject.find(known.holds) != std::string::npos))
            return known.text;
    }
    if (one.client && one.server)
        return {"端末が相手に名乗るためにも、サーバーとしても使える証明書です。",
                "for a device and for a server"};
    if (one.client)
        return {"端末が相手に名乗るための証明書です（クライアント認証）。",
                "for a device that signs in (client authentication)"};
    if (one.server)
        return {"サーバー用の証明書です。オンライン資格確認の端末用ではありません。",
                "for a server, not for the device"};
    return {"用途は証明書に書かれていません。発行元に確かめてください。",
            "its purpose is not said: ask who issued it"};
}

} // namespace

std::unexpected<Trouble> unreadable(const std::string& ja, const std::string& en) {
    return trouble(exit_usage, "certificate_unreadable",
                   {"証明書を読めません: " + ja, "the certificate cannot be read: " + en},
                   {"PEM、DER、PKCS#12（.pfx、.p12）のファイルか、pkcs11: で始まる名前を指定してください。",
                    "name a PEM, DER or PKCS#12 file, or a name that begins with pkcs11:"});
}

Outcome<Certificate> describe(X509& certificate) {
    Certificate one;
    one.subject = text_of(X509_get_subject_name(&certificate));
    one.issuer = text_of(X509_get_issuer_name(&certificate));
    one.serial = serial_of(certificate);
    one.sha256 = fingerprint(certificate);
    const auto from = day_of(X509_get0_notBefore(&certificate)),
               until = day_of(X509_get0_notAfter(&certificate));
    if (!from || !until)
        return unreadable("有効期間が日付ではありません。", "its validity is no date");
    one.not_before = *from;
    one.not_after = *until;
    const std::uint32_t flags = X509_get_extension_flags(&certificate),
                        extended = X509_get_extended_key_usage(&certificate);
    // Each extension may be absent, say this, or say something else: three answers (RFC
    // 5280, 4.2.1.3, 4.2.1.9, 4.2.1.12). OpenSSL takes one that it cannot read for absent, and says so in
    // EXFLAG_INVALID.
    const bool key_said = (flags & EXFLAG_KUSAGE) != 0, said = (flags & EXFLAG_XKUSAGE) != 0;
    const std::uint32_t key_usage = key_said ? X509_get_key_usage(&certificate) : 0;
    one.is_ca =
        (flags & EXFLAG_CA) != 0 || ((flags & EXFLAG_BCONS) == 0 && (key_usage & KU_KEY_CERT_SIGN) != 0);
    one.use_unreadable = (flags & EXFLAG_INVALID) != 0;
    const bool signs = !key_said || (key_usage & KU_DIGITAL_SIGNATURE) != 0;
    const bool any = (extended & XKU_ANYEKU) != 0;
    const bool usable = !one.is_ca && !one.use_unreadable;
    one.client = usable && signs && (said ? any || (extended & XKU_SSL_CLIENT) != 0 : key_said);
    one.server = usable && said && (any || (extended & XKU_SSL_SERVER) != 0);
    one.other_use = !one.use_unreadable && !one.client && (one.is_ca || said || key_said);
    one.purpose = purpose_of(one, uses_of(certificate, key_usage));
    return one;
}

Outcome<Certificate> describe_der(ByteView der) {
    const unsigned char* at = der.data();
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(
        d2i_X509(nullptr, &at, static_cast<long>(der.size())), X509_free);
    if (!certificate)
        return unreadable("証明書の形ではありません。", "not a certificate");
    return describe(*certificate);
}

} // namespace kaomon::certificate
