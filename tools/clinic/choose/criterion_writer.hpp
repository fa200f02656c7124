// Puts criteria and series into a measurement: figures with their grade, and the sentence that belongs to it.
#pragma once

#include "drivers/base/result.hpp"
#include "tools/clinic/choose/limits.hpp"
#include "tools/clinic/choose/measurement.hpp"

namespace kaomon::choose {

Grade grade_at_most(double value, const Limit& limit) noexcept;  // smaller is better
Grade grade_at_least(double value, const Limit& limit) noexcept; // larger is better

// Thread-bound; the measurement outlives it.
class CriterionWriter {
  public:
    struct Name {
        std::string word;
        Text text;
    };
    explicit CriterionWriter(Measurement& measurement) : measurement_(measurement) {}

    void add(Criterion criterion); // where it is not measured, with the sentence that says so
    void add_series(Name name, std::vector<double> samples, std::string unit = "ms");
    // The median of the samples in milliseconds, smaller is better, and the samples as a series. `worse` is
    // the sentence when it is not good enough; {} in it is the figure. No samples: not measured.
    void add_time(const Name& name, const std::vector<double>& samples, const Limit& limit,
                  const Text& worse);
    // One figure; {} as above. NaN: not measured.
    struct Figure {
        Name name;
        double value;
        std::string unit;
        Grade grade;
        Text worse;
    };
    void add_figure(const Figure& figure);
    // Measuring ended before its end: cancelled by the person, or because the device went away.
    void add_end(Reason why);

  private:
    Measurement& measurement_;
};

std::string figure_text(double value); // three digits: "0.12", "4.5", "31", "1240"

} // namespace kaomon::choose
