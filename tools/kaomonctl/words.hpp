// What kaomonctl says, in Japanese or English.
#pragma once

#include "tools/command/print.hpp"
#include "tools/kaomonctl/client.hpp"
#include "tools/kaomonctl/common.hpp"

#include <string>
#include <string_view>

namespace kaomon::kaomonctl {

using namespace command;

std::string_view state_text(Language language, std::string_view state);
std::string_view decision_text(Language language, std::string_view decision);
// A word of the interface that is no sentence (a method, a check, a kind of evidence, a part): in Japanese
// its name, in English the word itself.
std::string_view term(Language language, std::string_view word);
// Of a Message of the interface: its sentence; in English with its word, "… (no_card)", which in Japanese
// stands in --json.
std::string message_text(Language language, const boost::json::object& message);

// Reads of a reply; empty or absent where the daemon left it out.
std::string_view text_at(const boost::json::object& object, std::string_view key);
const boost::json::object* object_at(const boost::json::object& object, std::string_view key);
// ["a","b"] as "a, b", each as term() has it.
std::string list_at(Language language, const boost::json::object& object, std::string_view key);

// Print what went wrong to standard error (with JSON an object to standard output) and return the exit code.
int unreachable(const Common& common, std::string_view trouble);
int refused(const Common& common, bool json, const Reply& reply);

} // namespace kaomon::kaomonctl
