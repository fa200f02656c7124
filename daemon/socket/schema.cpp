#include "daemon/socket/schema.hpp"

#include <boost/json/value.hpp>

#include <algorithm>

namespace kaomon::socket {
namespace {

namespace json = boost::json;
using idl::Kind;

constexpr std::size_t longest_name_told = 64; // characters

class Check {
  public:
    explicit Check(const idl::Interface& interface) : interface_(interface) {}

    // Extends the path on the way back from the first mismatch only.
    bool structure(const idl::Type& type, const json::object& object) {
        for (const idl::Field& field : type.fields) {
            const json::value* found = object.if_contains(field.name);
            const bool right =
                found != nullptr ? value(field.type, *found) : field.type.kind == Kind::optional;
            if (!right)
                return at(field.name);
        }
        for (const auto& member : object) {
            const std::string_view key(member.key().data(), member.key().size());
            if (std::ranges::find(type.fields, key, &idl::Field::name) != type.fields.end())
                continue;
            return at(idl::is_field_name(key) && key.size() <= longest_name_told ? key : "?");
        }
        return true;
    }

    std::string path() && { return std::move(path_); }

  private:
    bool value(const idl::Type& type, const json::value& given) {
        switch (type.kind) {
        case Kind::boolean:
            return given.is_bool();
        case Kind::integer:
            return given.is_int64();
        case Kind::floating:
            return given.is_number();
        case Kind::text:
            return given.is_string();
        case Kind::object:
            return given.is_object();
        case Kind::enumeration:
            return given.is_string() &&
                   std::ranges::find(type.words, std::string_view(given.get_string())) != type.words.end();
        case Kind::structure:
            return given.is_object() && structure(type, given.get_object());
        case Kind::named:
            return value(*interface_.type(type.name), given);
        case Kind::optional:
            return given.is_null() || value(type.element.front(), given);
        case Kind::array:
            return given.is_array() && array(type.element.front(), given.get_array());
        case Kind::map:
            return given.is_object() && map(type.element.front(), given.get_object());
        }
        return false;
    }

    bool array(const idl::Type& element, const json::array& given) {
        for (std::size_t i = 0; i < given.size(); ++i) {
            if (!value(element, given[i]))
                return at("[" + std::to_string(i) + "]");
        }
        return true;
    }

    bool map(const idl::Type& element, const json::object& given) {
        for (const auto& member : given) {
            if (!value(element, member.value()))
                return at("?");
        }
        return true;
    }

    bool at(std::string_view step) {
        const bool joined = path_.empty() || path_.front() == '[';
        path_ = std::string(step) + (joined ? "" : ".") + path_;
        return false;
    }

    const idl::Interface& interface_;
    std::string path_;
};

} // namespace

std::optional<std::string> find_mismatch(const idl::Interface& interface, const idl::Type& structure,
                                         const json::object& parameters) {
    Check check(interface);
    if (check.structure(structure, parameters))
        return std::nullopt;
    return std::move(check).path();
}

} // namespace kaomon::socket
