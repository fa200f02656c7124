// Writes the seed corpora of the card's fuzz targets from a freshly issued simulated card:
//   card_seeds tests/fuzz/corpus
#include "drivers/card/simulated/card.hpp"
#include "drivers/card/simulated/issuer.hpp"
#include "drivers/card/simulated/portrait.hpp"
#include "tests/fuzz/card_visit.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

using namespace kaomon;
using namespace kaomon::card;
using namespace std::chrono_literals;

namespace {

using fuzz::today;

void write(const std::filesystem::path& path, ByteView bytes) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}
void write(const std::filesystem::path& path, std::string_view text) {
    write(path, ByteView(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

// Notes down every answer as card_driver.cpp reads it.
class Recorder : public CardTransaction {
  public:
    explicit Recorder(simulated::Card& card) : card_(card) {}
    Result<SecretBytes> transmit(ByteView command) override {
        SecretBytes answer = card_.answer(command);
        answers.push_back(static_cast<std::uint8_t>(answer.size() & 0xFF));
        answers.push_back(static_cast<std::uint8_t>(answer.size() >> 8));
        answers.insert(answers.end(), answer.begin(), answer.end());
        return answer;
    }
    ByteView atr() const noexcept override { return {}; }
    std::size_t read_block() const noexcept override { return 256; }
    SecretBytes answers;

  private:
    simulated::Card& card_;
};

simulated::IssuedCard issue_one(const simulated::CardOptions& options = {}) {
    simulated::Holder holder;
    holder.birth_date = 1980y / 2 / 17;
    holder.card_expiry = 2035y / 2 / 17;
    holder.security_code = "2285";
    simulated::complete(holder, today, 1);
    Image portrait{simulated::portrait_width, simulated::portrait_height, 1, {}};
    portrait.pixels.assign(portrait.stride() * simulated::portrait_height, 0x80);
    static const auto authority = simulated::Authority::generate().value();
    return simulated::issue(authority, holder, portrait, today, options).value();
}

// The answers of one card to a whole visit; `change` is what happened to the card before.
template<class Change>
void write_visit(const std::filesystem::path& file, simulated::Contents contents, Change change) {
    change(contents);
    simulated::Card card(std::move(contents));
    Recorder recorder(card);
    (void)fuzz::whole_visit(recorder, mynumber::TrustStore(), mynumber::SignInTrust(), [] {});
    write(file, recorder.answers);
}

template<class Change>
void for_each_file(simulated::Contents& contents, Change change) {
    for (auto& application : contents.applications) {
        for (auto& file : application.files)
            change(application, file);
    }
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 2)
        return std::fprintf(stderr, "card_seeds CORPUS-FOLDER\n"), 2;
    const std::filesystem::path corpus = argv[1];
    const auto issued = issue_one();
    const auto visits = corpus / "card_driver";
    const auto untouched = [](simulated::Contents&) {};
    write_visit(visits / "whole_visit", issued.contents, untouched);
    write_visit(visits / "without_pin", issue_one({.without_pin = true}).contents, untouched);
    write_visit(visits / "without_photo", issue_one({.without_photo = true}).contents, untouched);
    write_visit(visits / "two_bytes_first", issue_one({.two_bytes_first = true}).contents, untouched);
    write_visit(visits / "forged_chip", issue_one({.forgery = simulated::Forgery::chip}).contents, untouched);
    write_visit(visits / "locked", issued.contents, [](simulated::Contents& contents) {
        for_each_file(contents, [](const auto&, auto& file) { file.tries_left = 0; });
    });
    write_visit(visits / "below_the_floor", issued.contents, [](simulated::Contents& contents) {
        for_each_file(contents, [](const auto&, auto& file) {
            file.tries_left = std::min<std::uint8_t>(file.tries_left, 1);
        });
    });
    write_visit(visits / "wrong_number_and_pin", issued.contents, [](simulated::Contents& contents) {
        for_each_file(contents, [](const auto&, auto& file) {
            if (file.kind == simulated::FileKind::secret && !file.content.empty())
                file.content.back() ^= 1;
        });
    });
    for (const char* missing :
         {simulated::common_application, simulated::photo_application, simulated::jpki_application}) {
        write_visit(visits / ("without_" + std::string(missing)), issued.contents,
                    [missing](simulated::Contents& contents) {
                        std::erase_if(contents.applications,
                                      [missing](const auto& one) { return one.name == missing; });
                    });
    }
    for (const char* label : {"JPKIAPICCTOKEN", "JPKIAPGPSETOKEN", "JPKIAPIOSTOKEN"}) {
        write_visit(visits / label, issued.contents, [label](simulated::Contents& contents) {
            for_each_file(contents, [label](const auto& application, auto& file) {
                if (application.name == simulated::jpki_application && file.id == 0x0006) {
                    std::fill_n(file.content.begin(), 32, std::uint8_t{' '});
                    std::copy_n(label, std::string_view(label).size(), file.content.begin());
                }
            });
        });
    }

    for (const auto& application : issued.contents.applications) {
        if (application.name == simulated::text_application) {
            SecretBytes all; // as attribute_record.cpp takes it apart
            for (std::uint16_t id = 0x0002; id <= 0x0004; ++id) {
                const auto& content = std::ranges::find(application.files, id, &simulated::File::id)->content;
                all.push_back(static_cast<std::uint8_t>(content.size() & 0xFF));
                all.push_back(static_cast<std::uint8_t>(content.size() >> 8));
                all.insert(all.end(), content.begin(), content.end());
            }
            for (const char one : std::string_view("198002172"))
                all.push_back(static_cast<std::uint8_t>(one));
            write(corpus / "attribute_record" / "whole", all);
        }
        if (application.name != simulated::photo_application)
            continue;
        SecretBytes certificate, photo_record;
        for (const auto& file : application.files) {
            if (file.id == 0x0004)
                certificate = file.content;
            if (file.id == 0x0002)
                photo_record = file.content;
        }
        write(corpus / "tlv" / "signer_certificate", certificate);
        SecretBytes both{0x00};
        both.insert(both.end(), photo_record.begin(), photo_record.end());
        write(corpus / "card_records" / "record", both);
        both.assign({0x0F});
        both.insert(both.end(), certificate.begin(), certificate.end());
        write(corpus / "card_records" / "certificate", both);
    }
    write(corpus / "tlv" / "nested", Bytes{0xFF, 0x20, 0x05, 0xDF, 0x22, 0x02, '1', '9', 0xFF, 0xFF});
    write(corpus / "tlv" / "long_length", Bytes{0x7F, 0x21, 0x82, 0x00, 0x01, 0x00});
    write(corpus / "apdu" / "select", Command{0x00, 0xA4, 0x02, 0x0C, {0x00, 0x12}, 0}.encode());
    write(corpus / "apdu" / "read", Command{0x00, 0xB0, 0x01, 0x00, {}, 256}.encode());
    write(corpus / "apdu" / "sign_extended",
          Command{0x80, 0x2A, 0x00, 0x00, SecretBytes(51, 1), 2048}.encode());
    write(corpus / "access_number" / "whole", std::string("\x01\xCF\x09", 3) + "55021720352285");
    write(corpus / "access_number" / "parts", std::string("\x06\xCF\x09", 3) + "552285");
    return 0;
}
