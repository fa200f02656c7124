// A Varlink interface description (*.varlink) as data: what calls and replies are checked against.
#pragma once

#include "drivers/base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::socket::idl {

enum class Kind : std::uint8_t {
    boolean,
    integer,
    floating,
    text,
    object,
    enumeration,
    structure,
    named,
    optional,
    array,
    map
};

struct Field;

struct Type {
    Kind kind = Kind::structure;
    std::string name;               // named: the type's name
    std::vector<std::string> words; // enumeration
    std::vector<Field> fields;      // structure
    std::vector<Type> element;      // optional, array, map: exactly one
};

struct Field {
    std::string name;
    Type type;
};

struct Method {
    std::string name;
    Type in, out; // structures
};

struct Interface {
    std::string name;
    std::string description; // the whole text, comments included
    std::vector<Field> types;
    std::vector<Method> methods;
    std::vector<Field> errors; // their parameters: structures

    const Type* type(std::string_view wanted) const noexcept;
    const Method* method(std::string_view wanted) const noexcept;
    const Type* error(std::string_view wanted) const noexcept;
};

// Every named type it uses is defined and no name is taken twice. At most 64 KiB, types nested at most 16
// deep. Reason: internal_error (these files are ours), detail "line N: what is wrong". Reentrant.
Result<Interface> parse(std::string_view text);

// [A-Za-z](_?[A-Za-z0-9])*
bool is_field_name(std::string_view text) noexcept;

} // namespace kaomon::socket::idl
