#include "tools/finding/findings_page.hpp"

namespace kaomon::page {

Mark mark_of(Standing standing) noexcept {
    switch (standing) {
    case Standing::good:
        return Mark::good;
    case Standing::attention:
        return Mark::attention;
    case Standing::failed:
        return Mark::bad;
    case Standing::not_checkable:
        break;
    }
    return Mark::unknown;
}

void add_findings(Page& page, Language language, const Text& caption, std::span<const Finding> findings) {
    std::vector<Row> rows;
    for (const Finding& one : findings)
        rows.push_back({escape(say(language, one.name)),
                        mark(mark_of(one.standing), say(language, standing_text(one.standing))),
                        escape(say(language, one.expected)), escape(say(language, one.seen))});
    page.html("<div class=\"findings\">\n");
    page.table(caption, {{"項目", "item"}, {"結果", "result"}, {"期待", "expected"}, {"実際", "seen"}}, rows);
    page.html("</div>\n");
}

} // namespace kaomon::page
