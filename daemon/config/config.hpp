// The configuration: one TOML file, every key with a default that works, errors that name key and line.
// Ranges and meanings stand in keys.cpp, from which the parser and the default file are made.
#pragma once

#include "daemon/face/backend.hpp"
#include "daemon/liveness/evidence.hpp"
#include "drivers/base/clock.hpp"
#include "drivers/base/result.hpp"
#include "drivers/camera/presentation.hpp"
#include "drivers/camera/source.hpp"
#include "proto/attribute.hpp"
#include "proto/method.hpp"
#include "proto/policy_name.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::config {

struct Socket {
    std::filesystem::path path = "/run/kaomon/kaomon.sock";
    std::string group = "";                     // members may connect; empty: the daemon's own group
    std::vector<std::string> verify_users = {}; // may verify; empty: everyone who can connect
    std::vector<std::string> staff_users = {};  // USER:ID, who may hand in whose visual check; empty: nobody
    std::vector<std::string> audiences = {};    // USER:NAME, whom the results for that user are made for
    std::vector<std::string> screen_users = {}; // may do what a patient does on the screen; empty: nobody
    std::string gateway_user = "";              // whose connections speak for others; empty: nobody's
};
struct Card {
    std::string reader = "";        // pattern of the PC/SC reader's name; empty: where a card was put last
    int read_block = 0;             // bytes, 0..65535; 0: by what reader and card announce
    std::uint8_t min_tries = 6;     // 1..10
    std::uint8_t min_pin_tries = 2; // 1..3
    std::filesystem::path trust_store = "/etc/kaomon/trust.d";
    std::filesystem::path idempotency_ledger = ""; // empty: "idempotency_keys" beside the audit record
};
struct Camera {
    camera::Source source = camera::Source::v4l2;
    std::string device = "";                        // by-id name or path; empty: the only one
    bool allow_virtual = false;                     // v4l2: what only a program makes, too
    int width = 640, height = 480;                  // pixels, asked for
    int rate = 30;                                  // frames per second, asked for
    std::vector<std::filesystem::path> stills = {}; // simulated: JPEG files
    std::filesystem::path fault = "";               // simulated: FIFO that takes the fault language
    std::uint64_t seed = 1;                         // simulated
    camera::Presentation presentation = camera::Presentation::calm; // simulated: what is held before it
};
struct Face {
    std::filesystem::path models = "/usr/share/kaomon/models";
    face::Backend arithmetic = face::Backend::own_int16;
    int frames = 3;                  // best frames fused into a probe, 1..10
    int min_inter_eye_distance = 40; // pixels, 24..200
    int max_turn = 25;               // degrees, 10..45
};
struct Photo {
    std::filesystem::path worker = "/usr/libexec/kaomon/kaomon-photo";
    Milliseconds budget{200};
};
struct Match {
    PolicyName policy = PolicyName::normal;
    std::filesystem::path population = ""; // empty: scores are not normalised
};
struct Liveness {
    std::vector<liveness::Kind> required = {}; // beside what every policy demands
};
struct Screen {
    bool light = true;       // a patient screen may show colours for the evidence flash
    std::string clinic = ""; // its name, that stands on the screen
};
struct Session {
    Milliseconds deadline{60'000}; // longest session, and the default
    std::vector<Method> methods = {Method::face, Method::pin, Method::visual_check}; // that this desk offers
    int suspicion = 600;                                                             // seconds, 60..86400
};
struct Result {
    std::string issuer = ""; // empty: "kaomon:" and the key's id
    std::filesystem::path key = "/var/lib/kaomon/signing-key.pem";
    int validity = 300;                        // seconds, 10..3600
    std::filesystem::path subject_secret = ""; // empty: "subject-secret" beside the audit record
    std::vector<Attribute> attributes = {};    // of the holder that may stand in a result
};
struct Audit {
    std::filesystem::path file = "/var/lib/kaomon/audit.jsonl";
    int segment_mib = 16; // MiB, 1..1024: then the file is full and another one goes on
    bool monthly = true;  // so does every month in Japan
};

struct Config {
    Socket socket;
    Card card;
    Camera camera;
    Face face;
    Photo photo;
    Match match;
    Liveness liveness;
    Screen screen;
    Session session;
    Result result;
    Audit audit;
};

inline constexpr std::size_t largest_file = 64 * 1024; // bytes

inline constexpr const char* installed_file = "/etc/kaomon/kaomond.toml";

// That file; where there is none, the defaults. Reentrant.
kaomon::Result<Config> load_installed();
// A file that somebody named: a missing one is an error, as are unknown keys, wrong types, values out of
// range and a file over 64 KiB. Reason: config_invalid, detail "FILE:LINE: KEY: what is wrong and what is
// allowed"; of several errors the topmost. Reentrant.
kaomon::Result<Config> load(const std::filesystem::path& file);
// The one that a --config names; empty: the installed one. Reentrant.
kaomon::Result<Config> load_named(const std::string& file);
kaomon::Result<Config> parse(std::string_view toml, std::string_view name);

// The defaults as a commented TOML file: the documentation of every key (installed as
// /etc/kaomon/kaomond.toml).
std::string defaults_as_toml();

} // namespace kaomon::config
