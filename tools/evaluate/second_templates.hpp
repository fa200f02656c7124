// What another embedder made of the images of a list, from a text file: for measuring what it would add.
#pragma once

#include "tools/evaluate/acquisition.hpp"
#include "tools/evaluate/fused_scores.hpp"

#include <unordered_map>

namespace kaomon::evaluate {

struct SecondTemplates {
    std::size_t size = 0; // numbers a template, 2..1024
    struct OfImage {
        SecretVector<float> live, card; // of length 1; empty: none
    };
    std::unordered_map<std::size_t, OfImage> images; // by the line of the list
};

// A line a template: LINE <tab> live|card <tab> NUMBERS, LINE being the image's line in the list, from 1, and
// the numbers, which need no length of 1, separated by spaces. Empty lines and lines that begin with # say
// nothing. Every template has as many numbers as the first. The problem is that of the first bad line.
// Reentrant.
std::expected<SecondTemplates, LineProblem> parse_second_templates(std::string_view text);

// Trouble: second_templates_unusable (cannot be read, larger than 1 GiB, a bad line).
Outcome<SecondTemplates> read_second_templates(const std::filesystem::path& file);

// The faces that both have: of every image, live and, where `card` says so, as a card's photograph.
TwoEmbedders together(const List& list, const std::vector<Sample>& samples, const SecondTemplates& second,
                      bool card);

} // namespace kaomon::evaluate
