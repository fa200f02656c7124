// The text that Prometheus reads (exposition format 0.0.4), written line by line.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kaomon::metrics {

using Labels = std::vector<std::pair<std::string, std::string>>;

// As short as it can be told, e.g. 0.25; whole numbers without an exponent.
std::string number(double value);

// Thread-bound.
class Page {
  public:
    // `everywhere`: labels that every series gets.
    explicit Page(Labels everywhere) : everywhere_(std::move(everywhere)) {}

    // What the series that follow count. `kind`: counter, gauge, histogram.
    void family(std::string_view name, std::string_view kind, std::string_view help);
    // `name` may differ from the family's by _bucket, _sum, _count.
    void series(std::string_view name, const Labels& labels, double value);
    // A family of one series.
    void gauge(std::string_view name, std::string_view help, double value);
    void counter(std::string_view name, std::string_view help, double value);

    const std::string& text() const noexcept { return text_; }

  private:
    Labels everywhere_;
    std::string text_;
};

} // namespace kaomon::metrics
