// What a caller asks of a verification: whom it expects, what it wants to know, what for.
#pragma once

#include "proto/attribute.hpp"

#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace kaomon::kaomonctl {

struct RequestOptions {
    int deadline = 0;                        // seconds; 0: the daemon's
    std::string birth_date, reference, kind; // of whom the caller expects; empty: not asked
    std::vector<Attribute> attributes;       // that it wants to know
    std::string purpose, purpose_text;       // empty: not told
};

// `options` outlives the parsing.
void add_request(CLI::App& command, RequestOptions& options);
// The parameters of Verify that they make.
void fill(boost::json::object& parameters, const RequestOptions& options);

} // namespace kaomon::kaomonctl
