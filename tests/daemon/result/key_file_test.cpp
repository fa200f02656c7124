#include "daemon/result/key_file.hpp"
#include "tests/daemon/result/samples.hpp"

#include <gmock/gmock.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sys/stat.h>

#include <thread>

namespace kaomon::result {
namespace {

using testing::Folder;
using ::testing::HasSubstr;
using testing::read_text;

void expect_refused(const std::filesystem::path& file, const char* detail) {
    const auto key = load_seed(file);
    ASSERT_FALSE(key) << detail;
    EXPECT_EQ(key.error().reason, Reason::key_unreadable);
    EXPECT_THAT(key.error().detail, HasSubstr(file.string()));
    EXPECT_THAT(key.error().detail, HasSubstr(detail));
}

PublicKey half(const std::filesystem::path& file) {
    EXPECT_TRUE(create_seed(file));
    return *public_key_of(*load_seed(file));
}

// A sound key file with this text in it.
void write_0600(const std::filesystem::path& file, const std::string& text) {
    std::ofstream(file) << text;
    chmod(file.c_str(), 0600);
}

TEST(KeyFile, IsMadeOnceForItsOwnerOnly) {
    const Folder folder;
    const PublicKey first = half(folder / "key.pem");
    struct stat found{};
    ASSERT_EQ(stat((folder / "key.pem").c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 07777, 0600U);
    EXPECT_THAT(read_text(folder / "key.pem"), HasSubstr("BEGIN PRIVATE KEY"));
    EXPECT_EQ(half(folder / "key.pem"), first);
    const Folder other;
    EXPECT_NE(half(other / "key.pem"), first);
}

TEST(KeyFile, LeavesNothingBeside) {
    const Folder folder;
    half(folder / "key.pem");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(KeyFile, IsOneKeyForAllWhoMakeItAtOnce) {
    const Folder folder;
    std::vector<PublicKey> seen(8);
    std::vector<std::jthread> makers;
    for (auto& one : seen)
        makers.emplace_back([&] { one = half(folder / "key.pem"); });
    makers.clear();
    for (const auto& one : seen)
        EXPECT_EQ(one, seen.front());
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(KeyFile, IsRefusedWhenOthersCanReadIt) {
    const Folder folder;
    half(folder / "key.pem");
    for (const mode_t mode : {0640U, 0604U, 0620U, 0601U}) {
        chmod((folder / "key.pem").c_str(), mode);
        expect_refused(folder / "key.pem", "others can read");
    }
    chmod((folder / "key.pem").c_str(), 0400);
    EXPECT_TRUE(load_seed(folder / "key.pem"));
}

TEST(KeyFile, IsRefusedWhenItIsNoPlainFile) {
    const Folder folder;
    half(folder / "key.pem");
    std::filesystem::create_symlink(folder / "key.pem", folder / "link.pem");
    expect_refused(folder / "link.pem", "symbolic link");
    std::filesystem::create_symlink(folder / "nowhere", folder / "dangling.pem");
    expect_refused(folder / "dangling.pem", "symbolic link");
    std::filesystem::create_directory(folder / "folder");
    expect_refused(folder / "folder", "not a regular file");
    mkfifo((folder / "fifo").c_str(), 0600);
    expect_refused(folder / "fifo", "not a regular file"); // and does not hang
    EXPECT_EQ(load_seed(folder / "no" / "where.pem").error().reason, Reason::key_missing);
    EXPECT_EQ(create_seed(folder / "no" / "where.pem").error().reason, Reason::key_unreadable);
}

TEST(KeyFile, IsRefusedWhenDamaged) {
    const Folder folder;
    half(folder / "good.pem");
    const std::string good = read_text(folder / "good.pem");
    write_0600(folder / "empty.pem", "");
    expect_refused(folder / "empty.pem", "damaged");
    write_0600(folder / "cut.pem", good.substr(0, good.size() / 2));
    expect_refused(folder / "cut.pem", "damaged");
    for (const char* text : {"-----BEGIN PRIVATE KEY----------END PRIVATE KEY-----",
                             "-----END PRIVATE KEY----------BEGIN PRIVATE KEY-----",
                             "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----",
                             "-----BEGIN PRIVATE KEY-----\nA+.=\n-----END PRIVATE KEY-----"}) {
        write_0600(folder / "wrong.pem", text);
        expect_refused(folder / "wrong.pem", "damaged");
    }
    write_0600(folder / "large.pem", good + std::string(5000, '\n'));
    expect_refused(folder / "large.pem", "too large");
}

std::string pem_of(EVP_PKEY* key, const EVP_CIPHER* cipher) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> sink(BIO_new(BIO_s_mem()), BIO_free);
    EXPECT_EQ(PEM_write_bio_PKCS8PrivateKey(sink.get(), key, cipher, cipher != nullptr ? "pass" : nullptr,
                                            cipher != nullptr ? 4 : 0, nullptr, nullptr),
              1);
    char* text = nullptr;
    const long bytes = BIO_get_mem_data(sink.get(), &text);
    return {text, static_cast<std::size_t>(bytes)};
}

// What OpenSSL writes is read, and what is written OpenSSL reads: the same key.
TEST(KeyFile, IsTheFormatOfOthers) {
    const Folder folder;
    const KeyHandle key = make_key();
    write_0600(folder / "openssl.pem", pem_of(key.get(), nullptr));
    EXPECT_EQ(public_key_of(*load_seed(folder / "openssl.pem")), public_key(key.get()));
    const PublicKey own = half(folder / "own.pem");
    const std::string text = read_text(folder / "own.pem");
    const std::unique_ptr<BIO, decltype(&BIO_free)> source(
        BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free);
    const KeyHandle read(PEM_read_bio_PrivateKey(source.get(), nullptr, nullptr, nullptr));
    ASSERT_TRUE(read);
    EXPECT_EQ(public_key(read.get()), own);
}

// A credential of systemd is root's and read through an access list, whose mask shows as the group's bits.
TEST(KeyFile, OfSystemdMayHaveTheGroupsBitOfAnAccessList) {
    const Folder folder;
    half(folder / "key.pem");
    chmod((folder / "key.pem").c_str(), 0440);
    expect_refused(folder / "key.pem", "others can read");
    EXPECT_TRUE(load_seed(folder / "key.pem", KeptBy::systemd));
    chmod((folder / "key.pem").c_str(), 0444);
    EXPECT_FALSE(load_seed(folder / "key.pem", KeptBy::systemd));
}

TEST(KeyFile, IsRefusedWhenItHoldsAnotherKindOfKey) {
    const Folder folder;
    const KeyHandle p256(EVP_EC_gen("P-256"));
    write_0600(folder / "p256.pem", pem_of(p256.get(), nullptr));
    expect_refused(folder / "p256.pem", "not an Ed25519 key");
    write_0600(folder / "locked.pem", pem_of(make_key().get(), EVP_aes_128_cbc()));
    expect_refused(folder / "locked.pem", "damaged, or not an unencrypted"); // and asks no terminal
}

} // namespace
} // namespace kaomon::result
