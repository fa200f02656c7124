// The JPKI certificates and what the options of issuing change.
#include "drivers/card/simulated/issuer.hpp"
#include "drivers/card/simulated/key.hpp"
#include "tests/drivers/card/simulated/sample_card.hpp"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

namespace kaomon::card::simulated {
namespace {

using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

Certificate certificate_of(ByteView file) { // 4 + the length that DER tells
    const unsigned char* at = file.data();
    return {d2i_X509(nullptr, &at, static_cast<long>(file.size())), X509_free};
}

TEST(Issuer, CertificatesChainToTheExportedRootAndEndWithTheCardAtTheLatest) {
    Card card(sample_card().issued.contents);
    select_application(card, jpki_application);
    const SecretBytes file = read_whole(card, 0x000A), root_file = read_whole(card, 0x000B);
    ASSERT_EQ(file.size(), 2048U) << "longer than the certificate";
    const Certificate certificate = certificate_of(file), root = certificate_of(root_file);
    ASSERT_TRUE(certificate && root);
    EXPECT_EQ(X509_verify(certificate.get(), X509_get0_pubkey(root.get())), 1);
    EXPECT_EQ(X509_verify(root.get(), X509_get0_pubkey(root.get())), 1);

    BIO* pem = BIO_new_mem_buf(sample_card().issued.jpki_authority.data(), -1);
    const Certificate exported(PEM_read_bio_X509(pem, nullptr, nullptr, nullptr), X509_free);
    BIO_free(pem);
    ASSERT_TRUE(exported);
    EXPECT_EQ(X509_cmp(exported.get(), root.get()), 0);

    tm end{};
    ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &end);
    EXPECT_EQ(end.tm_year + 1900, 2031);
    EXPECT_EQ(end.tm_mon + 1, 5);
    EXPECT_EQ(end.tm_mday, 5);
}

TEST(Issuer, CertifiesTheKeyThatSigns) {
    Card card(sample_card().issued.contents);
    select_application(card, jpki_application);
    const Certificate certificate = certificate_of(read_whole(card, 0x000A));
    Application application = *find_application(card.contents(), jpki_application);
    const auto key = CardKey::from_pkcs8(find_file(application, 0x0017)->content);
    EXPECT_EQ(EVP_PKEY_eq(X509_get0_pubkey(certificate.get()), key->get()), 1);
}

TEST(Issuer, AnExpiredCardHasAnExpiredCertificate) {
    Holder holder;
    holder.card_expiry = Date(std::chrono::year(2025), std::chrono::May, std::chrono::day(5));
    complete(holder, sample_today, 1);
    const auto issued = issue(sample_card().authority, holder, sample_portrait(), sample_today);
    ASSERT_TRUE(issued);
    Card card(issued->contents);
    EXPECT_EQ(send(card, "00CA00F200").data, SecretBytes({'2', '0', '2', '5', '0', '5', '0', '5'}));
    select_application(card, jpki_application);
    const Certificate certificate = certificate_of(read_whole(card, 0x000A));
    tm end{};
    ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &end);
    EXPECT_EQ(end.tm_year + 1900, 2025);
    EXPECT_LT(
        ASN1_TIME_compare(X509_get0_notBefore(certificate.get()), X509_get0_notAfter(certificate.get())), 0);
}

TEST(Issuer, EachForgeryIsNamedInTheContents) {
    EXPECT_EQ(sample_card().issued.contents.forged, "");
    EXPECT_EQ(sample_card({.forgery = Forgery::signature}).issued.contents.forged, "signature");
    EXPECT_EQ(sample_card({.forgery = Forgery::chip}).issued.contents.forged, "chip");
    EXPECT_EQ(sample_card({.forgery = Forgery::certificate}).issued.contents.forged, "certificate");
}

TEST(Issuer, AForgedCertificateDiffersInItsSignatureAlone) {
    const SampleCard& sample = sample_card({.forgery = Forgery::certificate});
    Card card(sample.issued.contents);
    select_application(card, photo_application);
    const SecretBytes certificate = read_whole(card, 0x0004);
    const ByteView body = ByteView(certificate).subspan(10, 297);
    EXPECT_TRUE(std::ranges::equal(body.first(16), sample.authority.id()));
    EXPECT_NE(recover(sample.authority.key().modulus(), ByteView(certificate).subspan(312)),
              digest_info(sha256(body)));
}

} // namespace
} // namespace kaomon::card::simulated
