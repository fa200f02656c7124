#include "drivers/base/toml_screen.hpp"

namespace kaomon {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_hex(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool is_bare(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

// A descent over the grammar that builds nothing. Each rule reads its part and says whether it was there; the
// first rule that was disappointed leaves its word in `flaw`.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : text_(text) {}

    std::optional<TomlFlaw> run() {
        while (!flaw_ && at_ < text_.size()) {
            blanks();
            if (here() == '[')
                header();
            else if (!ends_line())
                entry();
            if (!flaw_)
                line_end();
        }
        return flaw_;
    }

  private:
    static constexpr int max_depth = 8; // of lists

    char here() const { return at_ < text_.size() ? text_[at_] : '\n'; } // the text ends like a line
    bool ends_line() const { return here() == '\n' || here() == '\r' || here() == '#'; }
    bool flawed(const char* what) {
        if (!flaw_)
            flaw_ = TomlFlaw{line_, what};
        return false;
    }
    bool take(char c) {
        if (at_ >= text_.size() || text_[at_] != c)
            return false;
        ++at_;
        return true;
    }
    void blanks() {
        while (here() == ' ' || here() == '\t')
            ++at_;
    }

    bool line_end() {
        blanks();
        if (here() == '#')
            while (at_ < text_.size() && here() != '\n') {
                if (is_control(here()) && !text_.substr(at_).starts_with("\r\n"))
                    return flawed("a control character");
                ++at_;
            }
        take('\r');
        if (here() != '\n')
            return flawed("more on the line than belongs there");
        if (take('\n'))
            ++line_;
        return true;
    }

    bool header() {
        take('[');
        const bool two = take('[');
        blanks();
        if (!key())
            return false;
        blanks();
        return (take(']') && (!two || take(']'))) || flawed("a section header that does not end in ]");
    }
    bool entry() {
        if (!key())
            return false;
        blanks();
        if (!take('='))
            return flawed("a key without =");
        blanks();
        return value(0);
    }
    bool key() {
        for (;;) {
            if (here() == '"' || here() == '\'') {
                if (!string())
                    return false;
            } else {
                if (!is_bare(here()))
                    return flawed("a name was expected; other than a-z, 0-9, _ and - needs quotes");
                while (is_bare(here()))
                    ++at_;
            }
            blanks();
            if (!take('.'))
                return true;
            blanks();
        }
    }
    bool value(int depth) {
        if (here() == '"' || here() == '\'')
            return string();
        if (here() == '[')
            return list(depth);
        const std::string_view rest = text_.substr(at_);
        for (const std::string_view word : {"true", "false"})
            if (rest.starts_with(word)) {
                at_ += word.size();
                return true;
            }
        return is_date(rest) ? date() : number();
    }

    // YYYY-MM-DD and nothing of a time behind it; whether there is such a day is toml++'s to say.
    static bool is_date(std::string_view text) {
        constexpr std::string_view form = "0000-00-00";
        if (text.size() < form.size())
            return false;
        for (std::size_t i = 0; i < form.size(); ++i)
            if (form[i] == '-' ? text[i] != '-' : !is_digit(text[i]))
                return false;
        return true;
    }
    bool date() {
        at_ += 10;
        return true;
    }

    bool number() {
        if (!take('-'))
            take('+');
        if (take('0')) {
            if (is_digit(here()))
                return flawed("a number that begins with 0");
        } else if (!digits()) {
            return false;
        }
        return !take('.') || digits();
    }
    bool digits() {
        do {
            if (!is_digit(here()))
                return flawed("a value was expected: a text in quotes, a number or a list");
            while (is_digit(here()))
                ++at_;
        } while (take('_'));
        return true;
    }
    bool list(int depth) {
        if (depth == max_depth)
            return flawed("lists nested too deep");
        take('[');
        for (;;) {
            if (!list_gap())
                return false;
            if (take(']'))
                return true;
            if (!value(depth + 1) || !list_gap())
                return false;
            if (!take(',') && here() != ']')
                return flawed("a list without , or ] after a value");
        }
    }
    // Blanks, line ends and comments.
    bool list_gap() {
        for (blanks(); ends_line(); blanks()) {
            if (at_ >= text_.size())
                return flawed("a list without its end");
            if (!line_end())
                return false;
        }
        return true;
    }

    static bool is_control(char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
    }

    bool string() {
        const char quote = here();
        const std::string three(3, quote);
        if (text_.substr(at_).starts_with(three))
            return long_string(three);
        take(quote);
        while (!take(quote)) {
            if (at_ >= text_.size() || is_control(here()))
                return flawed("a text without its closing quote");
            if (quote == '"' && here() == '\\') {
                if (!escape())
                    return flawed("an unknown \\ sequence in a text");
            } else {
                ++at_;
            }
        }
        return true;
    }

    // Over several lines, without \\ sequences.
    bool long_string(std::string_view quotes) {
        for (at_ += quotes.size(); !text_.substr(at_).starts_with(quotes); ++at_) {
            if (at_ >= text_.size() || (is_control(here()) && here() != '\n' && here() != '\r'))
                return flawed("a text without its closing quotes");
            if (here() == '\\')
                return flawed("a \\ in a text over several lines");
            if (here() == '\n')
                ++line_;
        }
        at_ += quotes.size();
        return true;
    }

    bool escape() {
        take('\\');
        const char kind = here();
        if (kind != 'u' && kind != 'U')
            return std::string_view("btnfr\"\\").find(kind) != std::string_view::npos && take(kind);
        take(kind);
        for (int left = kind == 'u' ? 4 : 8; left > 0; --left, ++at_)
            if (!is_hex(here()))
                return false;
        return true;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::uint32_t line_ = 1;
    std::optional<TomlFlaw> flaw_;
};

} // namespace

std::optional<TomlFlaw> screen_toml(std::string_view toml) {
    return Scanner(toml).run();
}

} // namespace kaomon
