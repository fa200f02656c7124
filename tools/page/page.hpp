// One printable HTML page: readable on a telephone (360 px), on A4, by a screen reader, without anything from
// outside.
#pragma once

#include "tools/words/day.hpp"
#include "tools/words/language.hpp"

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kaomon::page {

std::string escape(std::string_view text); // for text and for attributes in double quotes
std::string link(std::string_view target,
                 std::string_view text); // both escaped here; only http(s) and plain file names
std::string code(std::string_view text); // <code>, escaped here

// The page with a link to `home` above its title; not printed. What is no page of Page comes back as it is.
std::string with_way_home(std::string_view html, Language language, std::string_view home);

// How a line of a table or a verdict stands. A mark and a word beside the colour: it must survive a black and
// white printer.
enum class Mark : unsigned char { good, attention, bad, unknown };
std::string mark(Mark kind, std::string_view text); // escaped here

using Row = std::vector<std::string>; // of cells: HTML, escaped by the caller

struct Source { // of a date or a rule
    Text what;
    std::string url; // may be empty
    Date seen;
};

// Texts are escaped here; html() and the cells of tables are taken as they are. Thread-bound.
class Page {
  public:
    Page(Language language, Text title, Date made);

    Page& lead(const Text& text); // one sentence under the title
    // On every sheet: "made with simulated …, not valid for any real device". `parts` are named as they are.
    Page& simulated(const Text& parts);
    Page& heading(const Text& text);    // h2
    Page& subheading(const Text& text); // h3
    Page& paragraph(const Text& text);
    Page& list(std::span<const Text> items);
    Page& numbered(std::span<const Text> items);
    // The first cell of a row is its header. `caption` is shown above.
    Page& table(const Text& caption, std::initializer_list<Text> columns, std::span<const Row> rows);
    Page& table(const Text& caption, std::span<const Text> columns, std::span<const Row> rows);
    Page& html(std::string_view html);
    Page& sheet(); // what follows begins on a new sheet of paper
    Page& sources(std::span<const Source> sources);
    Page& style(std::string_view css); // rules of this page's own

    std::string str() const;

  private:
    Language language_;
    Text title_;
    Date made_;
    Text simulated_;
    std::string body_, style_;
};

} // namespace kaomon::page
