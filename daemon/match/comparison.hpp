// Comparing templates, and the policy that says how alike is alike enough.
#pragma once

#include "daemon/face/template.hpp"
#include "drivers/base/result.hpp"

#include <span>
#include <string_view>

namespace kaomon::match {

// A threshold and what it rests on; see models.md 3 for why it is the look-alikes' and not the strangers'.
struct Policy {
    std::string_view name; // normal, strict, very-strict
    float threshold; // comparison score (cosine) at and above which the faces are taken for one person's
    double false_match_rate;   // FMR at that threshold for the group named in the evidence
    std::string_view evidence; // data set, size, group, date
};

std::span<const Policy> policies() noexcept;
const Policy* find_policy(std::string_view name) noexcept;

// Cosine of two unit templates, -1..1. Reentrant.
float compare(const face::Template& probe, const face::Template& reference) noexcept;

// Mean of unit templates, renormalised; norm is the largest of them. Needs at least one. Reentrant.
face::Template fuse(std::span<const face::Template> templates);

} // namespace kaomon::match
