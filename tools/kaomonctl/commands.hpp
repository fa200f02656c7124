// The subcommands: what each is asked, and what it does. Each returns an ExitCode.
#pragma once

#include "tools/kaomonctl/words.hpp"

#include <optional>
#include <string>

namespace kaomon::kaomonctl {

struct Common {
    std::string socket = "/run/kaomon/kaomon.sock";
    Language language = Language::english;
    bool json = false; // lines of JSON instead of sentences
};

struct VerifyOptions {
    std::string nonce;              // empty: a fresh one
    std::string number_from;        // file, or "-": standard input
    std::string era_year;           // 2 digits
    std::string security_code_from; // as number_from
    std::string keys;               // JWK file; empty: asked from the daemon before the verification
    int deadline = 0;               // seconds; 0: the daemon's
    bool interactive = false;
};

struct CallOptions {
    std::string method;
    std::string parameters = "{}"; // JSON object
    bool more = false;
};

struct CheckOptions {
    std::string jws;   // or "-": standard input
    std::string keys;  // JWK file; empty: the daemon's
    std::string nonce; // empty: not compared
};

int status(const Common& common);
int verify(const Common& common, const VerifyOptions& options);
int watch(const Common& common);
int call(const Common& common, const CallOptions& options);
int check_result(const Common& common, const CheckOptions& options);

} // namespace kaomon::kaomonctl
