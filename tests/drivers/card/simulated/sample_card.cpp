#include "tests/drivers/card/simulated/sample_card.hpp"

#include "drivers/card/simulated/portrait.hpp"

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <turbojpeg.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>

namespace kaomon::card::simulated {
namespace {

template<class T>
T must(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "sample card: %s\n", result.error().detail.c_str());
        std::abort();
    }
    return std::move(*result);
}

SampleCard make(const CardOptions& options) {
    Holder holder;
    holder.security_code = "2285";
    complete(holder, sample_today, 1);
    Authority authority = must(Authority::generate());
    IssuedCard issued = must(issue(authority, holder, sample_portrait(), sample_today, options));
    return {std::move(authority), std::move(holder), std::move(issued)};
}

} // namespace

const SampleCard& sample_card(CardOptions options) {
    static std::map<std::tuple<Forgery, bool, bool, bool, std::optional<Date>>, SampleCard> cards;
    const auto key = std::tuple(options.forgery, options.without_photo, options.two_bytes_first,
                                options.without_pin, options.sign_in_end);
    if (const auto found = cards.find(key); found != cards.end())
        return found->second;
    return cards.emplace(key, make(options)).first->second;
}

Bytes sample_jpeg(int width, int height) {
    Bytes pixels(static_cast<std::size_t>(width * height));
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const double u = 2.0 * x / width - 1, v = 2.0 * y / height - 1;
            const bool egg = u * u / 0.3 + v * v / 0.5 < 1;
            const bool eye = (std::abs(u) - 0.2) * (std::abs(u) - 0.2) + (v + 0.15) * (v + 0.15) < 0.004;
            const int value = eye ? 20 : egg ? 190 + static_cast<int>(40 * v) : 60 + 100 * x / width;
            pixels[static_cast<std::size_t>(y * width + x)] =
                static_cast<std::uint8_t>(std::clamp(value, 0, 255));
        }
    }
    const tjhandle encoder = tjInitCompress();
    unsigned char* jpeg = nullptr;
    unsigned long size = 0;
    tjCompress2(encoder, pixels.data(), width, 0, height, TJPF_GRAY, &jpeg, &size, TJSAMP_GRAY, 90, 0);
    Bytes bytes(jpeg, jpeg + size);
    tjFree(jpeg);
    tjDestroy(encoder);
    return bytes;
}

Image sample_portrait() {
    return must(make_portrait(must(decode_jpeg(sample_jpeg(480, 600))), std::nullopt));
}

Bytes hex(std::string_view digits) {
    Bytes bytes;
    int high = -1;
    for (const char c : digits) {
        const int value = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                                 : -1;
        if (value < 0)
            continue;
        if (high >= 0)
            bytes.push_back(static_cast<std::uint8_t>(high << 4 | value));
        high = high >= 0 ? -1 : value;
    }
    return bytes;
}

Response send(Card& card, std::string_view command) {
    return must(Response::decode(card.answer(hex(command))));
}
Response send(Card& card, Command command) {
    return must(Response::decode(card.answer(command.encode())));
}

void select_application(Card& card, std::string_view name) {
    const Application* application = find_application(card.contents(), name);
    if (application == nullptr)
        std::abort();
    if (send(card, Command{0, 0xA4, 4, 0x0C, {application->aid.begin(), application->aid.end()}, 0}).status !=
        sw::ok)
        std::abort();
}

Response select_file(Card& card, std::uint16_t id) {
    return send(
        card,
        Command{
            0, 0xA4, 2, 0x0C, {static_cast<std::uint8_t>(id >> 8), static_cast<std::uint8_t>(id & 0xFF)}, 0});
}

Response verify(Card& card, std::uint16_t id, std::string_view value) {
    const Response selected = select_file(card, id);
    if (selected.status != sw::ok)
        return selected;
    return send(card, Command{0, 0x20, 0, 0x80, {value.begin(), value.end()}, 0});
}

SecretBytes read_whole(Card& card, std::uint16_t id) {
    SecretBytes file;
    if (select_file(card, id).status != sw::ok)
        return file;
    while (true) {
        const auto offset = file.size();
        const Response part = send(card, Command{0,
                                                 0xB0,
                                                 static_cast<std::uint8_t>(offset >> 8),
                                                 static_cast<std::uint8_t>(offset & 0xFF),
                                                 {},
                                                 256});
        if (part.status != sw::ok && part.status != sw::end_of_file)
            return file;
        file.insert(file.end(), part.data.begin(), part.data.end());
    }
}

Sha256 sha256(ByteView bytes) {
    Sha256 hash{};
    EVP_Digest(bytes.data(), bytes.size(), hash.data(), nullptr, EVP_sha256(), nullptr);
    return hash;
}

Bytes digest_info(const Sha256& hash) {
    Bytes info = hex("3031300D060960864801650304020105000420");
    info.insert(info.end(), hash.begin(), hash.end());
    return info;
}

Bytes recover(ByteView modulus, ByteView signature) {
    BN_CTX* context = BN_CTX_new();
    BIGNUM* n = BN_bin2bn(modulus.data(), static_cast<int>(modulus.size()), nullptr);
    BIGNUM* s = BN_bin2bn(signature.data(), static_cast<int>(signature.size()), nullptr);
    BIGNUM* e = BN_new();
    BN_set_word(e, 65537);
    Bytes block(modulus.size());
    BN_mod_exp(s, s, e, n, context);
    BN_bn2binpad(s, block.data(), static_cast<int>(block.size()));
    for (BIGNUM* number : {n, s, e})
        BN_free(number);
    BN_CTX_free(context);
    if (block.size() < 11 || block[0] != 0 || block[1] != 1)
        return {};
    const auto end =
        std::find_if(block.begin() + 2, block.end(), [](std::uint8_t byte) { return byte != 0xFF; });
    if (end == block.end() || *end != 0 || end - block.begin() < 10)
        return {};
    return {end + 1, block.end()};
}

TemporaryFolder::TemporaryFolder() {
    std::string name = std::filesystem::temp_directory_path() / "kaomon-card-XXXXXX";
    path = mkdtemp(name.data());
}
TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
}

} // namespace kaomon::card::simulated
