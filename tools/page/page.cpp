#include "tools/page/page.hpp"

#include "tools/page/style.hpp"

#include <algorithm>

namespace kaomon::page {
namespace {

std::string element(std::string_view name, std::string_view inner) {
    return "<" + std::string(name) + ">" + std::string(inner) + "</" + std::string(name) + ">\n";
}

// As a CSS string that cannot end its <style> element.
std::string css_text(std::string_view text) {
    std::string safe = "\"";
    for (const char c : text) {
        if (c != '"' && c != '\\' && c != '<' && c != '\n')
            safe += c;
    }
    return safe + '"';
}

bool is_safe_target(std::string_view target) {
    if (target.starts_with("https://") || target.starts_with("http://"))
        return true;
    return !target.empty() && std::ranges::all_of(target, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '.' || c == '_' || c == '/' || c == '#';
    });
}

} // namespace

std::string escape(std::string_view text) {
    std::string safe;
    safe.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&':
            safe += "&amp;";
            break;
        case '<':
            safe += "&lt;";
            break;
        case '>':
            safe += "&gt;";
            break;
        case '"':
            safe += "&quot;";
            break;
        default:
            if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t')
                safe += c;
        }
    }
    return safe;
}

std::string link(std::string_view target, std::string_view text) {
    if (!is_safe_target(target))
        return escape(text);
    return "<a href=\"" + escape(target) + "\">" + escape(text) + "</a>";
}

std::string with_way_home(std::string_view html, Language language, std::string_view home) {
    constexpr std::string_view mark = "<header>\n";
    std::string page(html);
    if (const auto at = page.find(mark); at != page.npos)
        page.insert(at, "<nav class=\"home\">" +
                            link(home, say(language, "← 導入のホーム", "← home of the introduction")) +
                            "</nav>\n");
    return page;
}

std::string code(std::string_view text) {
    return "<code>" + escape(text) + "</code>";
}

std::string mark(Mark kind, std::string_view text) {
    static constexpr const char* names[]{"good", "attention", "bad", "unknown"};
    static constexpr const char* signs[]{"○", "△", "×", "―"};
    const auto at = static_cast<std::size_t>(kind);
    return std::string("<span class=\"mark ") + names[at] + "\"><span aria-hidden=\"true\">" + signs[at] +
           "</span> " + escape(text) + "</span>";
}

Page::Page(Language language, Text title, Date made)
    : language_(language), title_(std::move(title)), made_(made) {}

Page& Page::lead(const Text& text) {
    body_ += "<p class=\"lead\">" + escape(say(language_, text)) + "</p>\n";
    return *this;
}

Page& Page::simulated(const Text& parts) {
    simulated_ = parts;
    return *this;
}

Page& Page::heading(const Text& text) {
    body_ += element("h2", escape(say(language_, text)));
    return *this;
}

Page& Page::subheading(const Text& text) {
    body_ += element("h3", escape(say(language_, text)));
    return *this;
}

Page& Page::paragraph(const Text& text) {
    body_ += element("p", escape(say(language_, text)));
    return *this;
}

Page& Page::list(std::span<const Text> items) {
    std::string inner;
    for (const Text& item : items)
        inner += element("li", escape(say(language_, item)));
    body_ += element("ul", inner);
    return *this;
}

Page& Page::numbered(std::span<const Text> items) {
    std::string inner;
    for (const Text& item : items)
        inner += element("li", escape(say(language_, item)));
    body_ += element("ol", inner);
    return *this;
}

Page& Page::table(const Text& caption, std::initializer_list<Text> columns, std::span<const Row> rows) {
    return table(caption, std::span(columns.begin(), columns.size()), rows);
}

// On a narrow screen a row becomes a card: each cell then carries its column's name (data-label, style.cpp).
Page& Page::table(const Text& caption, std::span<const Text> columns, std::span<const Row> rows) {
    std::string head;
    for (const Text& column : columns)
        head += "<th scope=\"col\">" + escape(say(language_, column)) + "</th>";
    std::string inner = element("caption", escape(say(language_, caption))) + "<thead><tr>" + head +
                        "</tr></thead>\n<tbody>\n";
    for (const Row& row : rows) {
        inner += "<tr>";
        for (std::size_t at = 0; at < row.size(); ++at) {
            const std::string label =
                at < columns.size() ? escape(say(language_, columns[at])) : std::string();
            inner += at == 0 ? "<th scope=\"row\">" + row[at] + "</th>"
                             : "<td data-label=\"" + label + "\"><span>" + row[at] + "</span></td>";
        }
        inner += "</tr>\n";
    }
    body_ += "<table>\n" + inner + "</tbody></table>\n";
    return *this;
}

Page& Page::html(std::string_view html) {
    body_ += html;
    return *this;
}

Page& Page::sheet() {
    body_ += "<div class=\"sheet\"></div>\n";
    return *this;
}

Page& Page::sources(std::span<const Source> sources) {
    body_ += element("h2", escape(say(language_, "もとになった資料", "Sources")));
    std::string inner;
    for (const Source& source : sources) {
        const std::string text = source.url.empty() ? escape(say(language_, source.what))
                                                    : link(source.url, say(language_, source.what));
        inner += element("li", text + escape(say(language_, "（確認日: ", " (seen ")) +
                                   day_text(language_, source.seen) + escape(say(language_, "）", ")")));
    }
    body_ += "<ul class=\"sources\">" + inner + "</ul>\n";
    return *this;
}

Page& Page::style(std::string_view css) {
    style_ += css;
    return *this;
}

std::string Page::str() const {
    const std::string title = escape(say(language_, title_));
    const std::string maker =
        std::string(say(language_, "Kaomon が作成: ", "made by Kaomon on ")) + day_text(language_, made_);
    // On paper in the margin: a footer in the text could stand alone on a last sheet.
    std::string banner,
        every_sheet = "@page { @bottom-left { content: " + css_text(maker) + "; font-size: 8pt } }\n";
    if (!simulated_.ja.empty() || !simulated_.en.empty()) {
        const std::string said = std::string(say(language_, "模擬: ", "SIMULATED: ")) +
                                 say(language_, simulated_) +
                                 std::string(say(language_, "。実際の機器の結果ではありません。",
                                                 ". No result of a real device."));
        banner = "<p class=\"simulated\" role=\"note\">" + escape(said) + "</p>\n";
        every_sheet += "@page { @top-center { content: " + css_text(said) + "; font-weight: bold } }\n";
    }
    std::string page = "<!DOCTYPE html>\n<html lang=\"";
    page += language_ == Language::japanese ? "ja" : "en";
    page += "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
            "initial-scale=1\">\n";
    page += "<meta name=\"generator\" content=\"Kaomon\">\n<link rel=\"icon\" href=\"data:,\">\n<title>" +
            title + " - Kaomon</title>\n<style>\n";
    page += std::string(page_style) + style_ + every_sheet + "</style>\n</head>\n<body>\n<header>\n" +
            banner + "<h1>" + title + "</h1></header>\n<main>\n";
    page += body_ + "</main>\n<footer><p>" + escape(maker) + "</p></footer>\n</body>\n</html>\n";
    return page;
}

} // namespace kaomon::page
