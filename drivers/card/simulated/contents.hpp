// What a simulated card holds: applications, files, secrets with their tries. Plain data, no behaviour.
#pragma once

#include "drivers/base/bytes.hpp"
#include "drivers/base/secret.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kaomon::card::simulated {

enum class FileKind : std::uint8_t {
    binary,  // READ BINARY
    records, // READ RECORD; each record is tag (1 byte), length (1 byte), value
    secret,  // VERIFY: a PIN or a verification number
    key,     // signs: a private key as PKCS#8 DER
};

struct File {
    std::uint16_t id = 0;
    FileKind kind = FileKind::binary;
    SecretBytes content;                    // secret: its ASCII characters
    std::vector<std::uint16_t> opened_by{}; // any of these secrets of the same application; empty: free
    std::uint8_t most_tries = 0;            // secret: 1..15
    std::uint8_t tries_left = 0;            // secret: 0..most_tries
};

struct Application {
    std::string name; // what the folder on disk and `show` call it
    Bytes aid;
    std::vector<File> files;
    std::uint16_t own_key = 0; // signs without a PIN at P2 = 00; 0: none
};

// GET DATA with the issuer security domain current.
struct DataObject {
    std::uint16_t tag = 0;
    Bytes value;
};

struct Contents {
    std::string medium;     // label of JPKI EF 0006: "JPKIAPICCTOKEN2" is a My Number Card
    std::string expiry;     // YYYYMMDD
    std::string forged;     // what is wrong with the card on purpose, empty: nothing
    std::string kind;       // kind.hpp; empty: issued without one
    std::string generation; // of the driver's table; empty: no My Number Card
    Bytes atr;              // answer to reset; empty: that of a contactless card of type B
    std::vector<Application> applications;
    std::vector<DataObject> data_objects;
};

// Names of the applications, drivers/card/SPEC.md §1.
inline constexpr const char* common_application = "common"; // 共通カードAP
inline constexpr const char* juki_application = "juki";     // 住基AP
inline constexpr const char* photo_application = "photo";   // 券面事項確認AP
inline constexpr const char* text_application = "text";     // 券面事項入力補助AP
inline constexpr const char* jpki_application = "jpki";     // 公的個人認証AP

File* find_file(Application& application, std::uint16_t id) noexcept;
const Application* find_application(const Contents& contents, std::string_view name) noexcept;

} // namespace kaomon::card::simulated
