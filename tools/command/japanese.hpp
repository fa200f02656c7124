// A program's help and usage errors in Japanese: what CLI11 and the commands say in English, put into the
// other language.
#pragma once

#include "tools/words/language.hpp"

#include <CLI/CLI.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace kaomon::command {

// --lang out of the arguments, before they are parsed: what goes wrong in parsing is said in it too.
std::optional<Language> language_of_arguments(std::span<char* const> arguments);

struct Sentence {
    std::string_view english, japanese;
};

// Descriptions, headings and names of values of the program and all its commands, by `sentences` and those
// that all programs share; a description or footer that neither has stays.
void put_into_japanese(CLI::App& app, const std::string& description, const std::string& footer,
                       std::span<const Sentence> sentences);
// One sentence: what is wrong with the arguments.
std::string usage_error_in_japanese(const CLI::ParseError& error);
// An English clause of a file, a link or a question; empty where there is no Japanese for it.
std::string clause_in_japanese(std::string_view english);

} // namespace kaomon::command
