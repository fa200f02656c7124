#include "daemon/socket/idl.hpp"

#include "daemon/socket/idl_scanner.hpp"
#include "daemon/socket/limits.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace kaomon::socket::idl {
namespace {

constexpr std::size_t max_text = 64 * 1024; // bytes; ours have under 8 KiB

bool is_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

// [A-Z][A-Za-z0-9]*
bool is_type_name(std::string_view text) noexcept {
    return !text.empty() && text[0] >= 'A' && text[0] <= 'Z' &&
           std::ranges::all_of(text, [](char c) { return is_letter(c) || is_digit(c); });
}

// Reverse domain name: at least two parts of letters, digits and inner hyphens, the first beginning with a
// letter.
bool is_interface_name(std::string_view text) noexcept {
    if (text.empty() || text.size() > 255 || !is_letter(text[0]) || text.find('.') == std::string_view::npos)
        return false;
    char before = '.';
    for (const char c : text) {
        if (!is_letter(c) && !is_digit(c) && c != '.' && c != '-')
            return false;
        if (c == '.' && (before == '.' || before == '-'))
            return false;
        if (c == '-' && before == '.')
            return false;
        before = c;
    }
    return before != '.' && before != '-';
}

struct Simple {
    std::string_view word;
    Kind kind;
};
constexpr std::array<Simple, 5> simple_types{{{"bool", Kind::boolean},
                                              {"int", Kind::integer},
                                              {"float", Kind::floating},
                                              {"string", Kind::text},
                                              {"object", Kind::object}}};

class Parser {
  public:
    explicit Parser(std::string_view text) : scan_(text) {}

    Result<Interface> interface() {
        Interface made;
        if (!scan_.take("interface") || !is_interface_name(scan_.token()))
            return wrong("no interface name");
        made.name = take_word();
        while (!scan_.token().empty()) {
            if (auto member = this->member(made); !member)
                return std::unexpected(member.error());
        }
        for (const std::string& used : used_) {
            if (made.type(used) == nullptr)
                return fail(Reason::internal_error, "type " + used + " is not defined");
        }
        return made;
    }

  private:
    Result<void> member(Interface& into) {
        const std::string keyword = take_word();
        if (keyword != "type" && keyword != "method" && keyword != "error")
            return wrong("neither type, method nor error");
        if (!is_type_name(scan_.token()))
            return wrong("no name");
        const std::string name = take_word();
        if (into.type(name) != nullptr || into.method(name) != nullptr || into.error(name) != nullptr)
            return wrong(name + " stands twice");
        auto type = group(keyword == "type");
        if (!type)
            return std::unexpected(type.error());
        if (keyword == "type") {
            into.types.push_back({name, std::move(*type)});
        } else if (keyword == "error") {
            into.errors.push_back({name, std::move(*type)});
        } else {
            if (!scan_.take("->"))
                return wrong("no -> after the parameters");
            auto out = group(false);
            if (!out)
                return std::unexpected(out.error());
            into.methods.push_back({name, std::move(*type), std::move(*out)});
        }
        return {};
    }

    // "(a: T, b: T)", or "(a, b)" where an enumeration may stand.
    Result<Type> group(bool enumeration_allowed) {
        const Depth depth(depth_);
        if (depth_ > max_depth)
            return wrong("nested too deep");
        if (!scan_.take("("))
            return wrong("no (");
        Type made;
        std::vector<std::string> names;
        bool first = true;
        while (!scan_.take(")")) {
            if (!first && !scan_.take(","))
                return wrong("neither , nor )");
            if (!is_field_name(scan_.token()))
                return wrong("no field name");
            std::string name = take_word();
            if (std::ranges::find(names, name) != names.end())
                return wrong(name + " stands twice");
            names.push_back(name);
            if (first && enumeration_allowed && scan_.token() != ":")
                made.kind = Kind::enumeration;
            first = false;
            if (made.kind == Kind::enumeration)
                continue;
            if (!scan_.take(":"))
                return wrong("no :");
            auto type = this->type();
            if (!type)
                return type;
            made.fields.push_back({std::move(name), std::move(*type)});
        }
        if (made.kind == Kind::enumeration)
            made.words = std::move(names);
        return made;
    }

    Result<Type> type() {
        const Depth depth(depth_);
        if (depth_ > max_depth)
            return wrong("nested too deep");
        for (const auto& [sign, kind] :
             {Simple{"?", Kind::optional}, {"[]", Kind::array}, {"[string]", Kind::map}}) {
            if (!scan_.take(sign))
                continue;
            if (kind == Kind::optional && scan_.token() == "?")
                return wrong("?? means nothing");
            auto element = type();
            if (!element)
                return element;
            Type made{kind, {}, {}, {}, {}};
            made.element.push_back(std::move(*element));
            return made;
        }
        if (scan_.token() == "(")
            return group(true);
        for (const auto& [word, kind] : simple_types) {
            if (scan_.take(word))
                return Type{kind, {}, {}, {}, {}};
        }
        if (!is_type_name(scan_.token()))
            return wrong("no type");
        used_.push_back(take_word());
        return Type{Kind::named, used_.back(), {}, {}, {}};
    }

    struct Depth {
        explicit Depth(std::size_t& counted) : count(counted) { ++count; }
        Depth(const Depth&) = delete;
        Depth& operator=(const Depth&) = delete;
        ~Depth() { --count; }
        std::size_t& count;
    };

    std::string take_word() {
        std::string word(scan_.token());
        scan_.advance();
        return word;
    }

    std::unexpected<Failure> wrong(std::string_view what) const {
        return fail(Reason::internal_error,
                    "line " + std::to_string(scan_.line()) + ": " + std::string(what));
    }

    Scanner scan_;
    std::size_t depth_ = 0;
    std::vector<std::string> used_; // named types, to be found at the end
};

} // namespace

bool is_field_name(std::string_view text) noexcept {
    if (text.empty() || !is_letter(text[0]) || text.back() == '_')
        return false;
    char before = 'a';
    for (const char c : text) {
        if (!is_letter(c) && !is_digit(c) && c != '_')
            return false;
        if (c == '_' && before == '_')
            return false;
        before = c;
    }
    return true;
}

const Type* Interface::type(std::string_view wanted) const noexcept {
    const auto found = std::ranges::find(types, wanted, &Field::name);
    return found == types.end() ? nullptr : &found->type;
}

const Method* Interface::method(std::string_view wanted) const noexcept {
    const auto found = std::ranges::find(methods, wanted, &Method::name);
    return found == methods.end() ? nullptr : &*found;
}

const Type* Interface::error(std::string_view wanted) const noexcept {
    const auto found = std::ranges::find(errors, wanted, &Field::name);
    return found == errors.end() ? nullptr : &found->type;
}

Result<Interface> parse(std::string_view text) {
    if (text.size() > max_text)
        return fail(Reason::internal_error, "over 64 KiB");
    auto made = Parser(text).interface();
    if (made)
        made->description = text;
    return made;
}

} // namespace kaomon::socket::idl
