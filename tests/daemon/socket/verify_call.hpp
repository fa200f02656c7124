// A call of Verify as a caller sends it, and the answer to a parameter out of range.
#pragma once

#include <string>
#include <string_view>

namespace kaomon::testing {

inline std::string verify(std::string_view more_parameters = "") {
    return R"({"method":"org.kaomon.Verification.Verify","more":true,"parameters":{"nonce":"0123456789abcdef")" +
           std::string(more_parameters) + "}}";
}
inline const std::string with_number = R"(,"access_number":{"number":"12345678901234"})";

inline std::string invalid(std::string_view name) {
    return R"({"error":"org.varlink.service.InvalidParameter","parameters":{"parameter":")" +
           std::string(name) + R"("}})";
}

} // namespace kaomon::testing
