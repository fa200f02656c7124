#include "daemon/match/verdict.hpp"

namespace kaomon::match {

std::string_view word(Decision decision) noexcept {
    switch (decision) {
    case Decision::verified:
        return "verified";
    case Decision::not_verified:
        return "not_verified";
    case Decision::undecided:
        return "undecided";
    }
    return "";
}

} // namespace kaomon::match
