// How a function says that it could not do its work: a reason word of the one table, and a detail for
// engineers.
//
// The detail is English, one clause without a full stop. It must never hold a digit of a number, a name, a
// PIN, an image or a score: it goes to the log and to the caller.
#pragma once

#include "proto/reason.hpp"

#include <expected>
#include <string>
#include <utility>

namespace kaomon {

struct Failure {
    Reason reason;
    std::string detail;
};

template<class T>
using Result = std::expected<T, Failure>;

inline std::unexpected<Failure> fail(Reason reason, std::string detail = {}) {
    return std::unexpected<Failure>(Failure{reason, std::move(detail)});
}

} // namespace kaomon
