// What a program prints: lines and JSON on standard output, what went wrong on standard error.
#pragma once

#include "tools/command/options.hpp"
#include "tools/words/trouble.hpp"

#include <boost/json/object.hpp>

#include <string_view>

namespace kaomon::command {

void print_line(std::string_view line); // to standard output, at once
void print_json(const boost::json::object& object);
void print_error(const Options& options, std::string_view line); // "kaomonctl: …"

// Print what went wrong and return the exit code. `trouble` of usage(): a clause in English, put into
// Japanese where japanese.hpp knows it.
int usage(const Options& options, std::string_view trouble);
int failed(const Options& options, const Trouble& trouble); // with --json an object on standard output too

} // namespace kaomon::command
