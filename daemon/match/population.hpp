// What strangers of a population score with a template: mean and spread of a cosine. Sums, no single
// template; yet two files tell who is in the second only (decision 0050): personal data.
#pragma once

#include "daemon/face/template.hpp"
#include "drivers/base/result.hpp"

#include <array>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::match {

struct GroupSize {
    std::string name; // as the list of images spelled it
    std::uint32_t images = 0;
    friend bool operator==(const GroupSize&, const GroupSize&) = default;
};

// What the statistics were made of: for GetInfo and for whoever reads the file.
struct Provenance {
    std::uint32_t images = 0; // that gave a template
    std::vector<GroupSize> groups;
    std::string source; // one line in the words of whoever made it, at most 200 bytes
    std::string date;   // YYYY-MM-DD
    std::string model;  // SHA-256 of the embedder's file, 64 lower-case hexadecimal characters
};

// Fewer images do not say enough: of 200 faces of the group served the FNMR at FMR 1e-4 was 4.1 %, of 1,300
// 3.0 % (East Asian adults, one view).
inline constexpr std::uint32_t fewest_images = 200;

// Of the cosines between one template x and the population's: mean x'u, standard deviation sqrt(x'Sx). Both
// are exact for any x of length 1, however it was made: a fused template has its own.
struct Standing {
    float mean = 0, deviation = 1;
};

// How far a cosine lies above what strangers reach, in their standard deviations, averaged over the two
// sides: decision 0016 has the reasons. The 1.4 deviations only say where zero is.
inline float normalise(float cosine, const Standing& a, const Standing& b) noexcept {
    constexpr float zero = 1.4F;
    return ((cosine - a.mean) / a.deviation + (cosine - b.mean) / b.deviation) / 2 - zero;
}

// Immutable, cheap to copy. All calls are reentrant.
class Population {
  public:
    // The mean and covariance of unit templates. `groups`: of each template, an index into provenance.groups,
    // whose sizes are counted here; empty: no groups. Groups of 100 and more count alike, smaller ones by
    // their size (decision 0017). Reason: population_invalid (fewer than fewest_images templates, a
    // provenance that the file format cannot hold, templates that span too little).
    static Result<Population> of(std::span<const face::Template> templates,
                                 std::span<const std::uint32_t> groups, Provenance provenance);
    // A file as print() writes it, at most 256 KiB. `model`: SHA-256 of the embedder in use. Reason:
    // population_invalid; the detail says which line.
    static Result<Population> parse(std::string_view text, std::string_view model);
    // Reason: population_invalid (cannot be read, or see parse()).
    static Result<Population> load(const std::filesystem::path& file, std::string_view model);

    // Header lines, mean, lower triangle of the covariance, check sum: population.cpp describes it.
    std::string print() const;
    Standing standing(const face::Template& face) const noexcept;
    const Provenance& provenance() const noexcept { return data_->provenance; }

  private:
    static constexpr std::size_t size = face::template_size;
    struct Data {
        Provenance provenance;
        std::array<float, size> mean{};
        std::array<std::array<float, size>, size> covariance{}; // symmetric
    };
    // Empty, or why these are no mean and covariance of unit templates.
    static std::string_view what_is_wrong(const Data& data);
    explicit Population(std::shared_ptr<const Data> data) : data_(std::move(data)) {}
    std::shared_ptr<const Data> data_;
};

} // namespace kaomon::match
