#include "tools/clinic/certificate/certificate.hpp"
#include "tools/clinic/certificate/pkcs12.hpp"
#include "tools/clinic/certificate/x509.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <fstream>
#include <memory>

namespace kaomon::certificate {
namespace {

struct Release {
    void operator()(X509* held) const { X509_free(held); }
};
using Cert = std::unique_ptr<X509, Release>;

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
    const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
    if (found.empty() && text.find(" CERTIFICATE-----") != std::string_view::npos)
        return unreadable("PEM の中の証明書が壊れています。", "the certificate in the PEM file is damaged");
    if (found.empty())
        return unreadable("PEM の中に証明書がありません。", "the PEM file holds no certificate");
    found.front().has_key = text.find("PRIVATE KEY-----") != std::string_view::npos;
    return found;
}

} // namespace

Outcome<Certificates> read(ByteView file, const std::optional<SecretText>& password) {
    if (file.size() > largest_file)
        return unreadable("ファイルが1 MiBより大きすぎます。", "the file is larger than 1 MiB");
    const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
    if (text.find("-----BEGIN ") != std::string_view::npos)
        return from_pem(file);
    if (is_pkcs12(file))
        return read_pkcs12(file, password);
    auto one = describe_der(file);
    ERR_clear_error();
    if (!one)
        return std::unexpected(one.error());
    return Certificates{std::move(*one)};
}

Outcome<Certificates> read_file(const std::filesystem::path& file,
                                const std::optional<SecretText>& password) {
    std::error_code error;
    const auto kind = std::filesystem::status(file, error).type();
    if (kind == std::filesystem::file_type::not_found)
        return unreadable(file.string() + " というファイルはありません。",
                          "there is no file " + file.string());
    if (kind != std::filesystem::file_type::regular)
        return unreadable(file.string() + " をファイルとして開けません。",
                          file.string() + " cannot be opened as a file");
    std::ifstream in(file, std::ios::binary);
    SecretBytes bytes(largest_file + 1); // a PKCS#12 file holds a key
    in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!in.eof() && !in)
        return unreadable(file.string() + " を開けません。", file.string() + " cannot be opened");
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    return read(bytes, password);
}

} // namespace kaomon::certificate
