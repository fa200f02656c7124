#include "tests/bench/table.hpp"

#include <cstdio>
#include <fstream>
#include <stdexcept>

namespace kaomon::bench {

double Row::speed(const Contestant& one) const {
    const auto opencv = std::ranges::find(contestants, "OpenCV", &Contestant::name);
    return (opencv == contestants.end() ? contestants.front() : *opencv).median() / one.median();
}

void print(const std::vector<Row>& rows, double peak) {
    std::printf("%-22s %-18s %8s %8s %7s %8s\n", "", "", "min ms", "median", "speed", "of peak");
    for (const Row& row : rows) {
        for (const Contestant& one : row.contestants) {
            std::printf("%-22s %-18s %8.3f %8.3f %6.2fx", row.task.c_str(), one.name.c_str(), one.least(),
                        one.median(), row.speed(one));
            if (row.work > 0)
                std::printf(" %7.1f%%", 100 * row.work / (one.median() * 1e6) / peak);
            std::printf("\n");
        }
    }
    std::printf("speed: by the medians, of OpenCV or the row's first. Peak: %.1f GMAC/s of fp32 fused "
                "multiply-add, measured in turn with the embedder.\n",
                peak);
    for (const Row& row : rows)
        if (!row.note.empty())
            std::printf("%s: %s.\n", row.task.c_str(), row.note.c_str());
}

void write_json(const char* path, const std::vector<Row>& rows, double peak) {
    std::ofstream file(path);
    file << "{\"peak_gmac_per_second\": " << peak << ", \"rows\": [";
    const char* comma = "";
    for (const Row& row : rows) {
        for (const Contestant& one : row.contestants) {
            file << comma << "\n  {\"task\": \"" << row.task << "\", \"contestant\": \"" << one.name
                 << "\", \"min_ms\": " << one.least() << ", \"median_ms\": " << one.median()
                 << ", \"speed\": " << row.speed(one);
            if (row.work > 0)
                file << ", \"share_of_peak\": " << row.work / (one.median() * 1e6) / peak;
            file << "}";
            comma = ",";
        }
    }
    file << "\n]}\n";
    if (!file)
        throw std::runtime_error(std::string("cannot write ") + path);
}

} // namespace kaomon::bench
