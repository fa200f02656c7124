#include "tools/clinic/pages.hpp"

#include "tools/page/page.hpp"

#include <array>

namespace kaomon::clinic {
namespace {

struct PageFile {
    std::string_view file;
    Text title;
    Text purpose;             // one line of the index
    std::string_view command; // that makes it
};

// Every page there can be, in the order of the steps of the introduction notice.
const std::array<PageFile, 7> page_files{{
    {"introduction.html",
     {"導入の日程", "Timetable"},
     {"九つの手順の期限、相手先、出すもの", "the nine steps: dates, with whom, what to hand in"},
     "kaomonctl introduce page"},
    {"comparison.html",
     {"カードリーダーとカメラの比較", "Readers and cameras compared"},
     {"①の測定結果", "what was measured for step 1"},
     "kaomonctl choose compare"},
    {"network.html",
     {"回線の点検", "The line"},
     {"②の回線と時計の点検結果", "step 2: line and clock, checked"},
     "kaomonctl network"},
    {"quote-request.html",
     {"見積依頼書", "Request for a quote"},
     {"③でシステム事業者に渡すもの", "step 3: for the system vendor"},
     "kaomonctl procure quote"},
    {"order.html",
     {"発注書", "Order"},
     {"④でシステム事業者に渡すもの", "step 4: for the system vendor"},
     "kaomonctl procure order"},
    {"certificate.html",
     {"電子証明書", "Device certificate"},
     {"⑧の証明書の用途と残りの日数", "step 8: what it is for, days left"},
     "kaomonctl certificate FILE"},
    {"rehearsal.html",
     {"開院前日の総点検", "Rehearsal"},
     {"壁に貼る点検結果", "the check of the day before, for the wall"},
     "kaomonctl rehearse"},
}};

} // namespace

std::string index_page(const Folder& folder, Language language, Date today) {
    page::Page page(language, {"オンライン資格確認の導入", "Introducing online eligibility verification"},
                    today);
    std::vector<page::Row> rows;
    for (const PageFile& one : page_files) {
        const bool there = std::filesystem::exists(folder.at(one.file));
        rows.push_back(
            {there ? page::link(one.file, say(language, one.title)) : page::escape(say(language, one.title)),
             page::escape(say(language, one.purpose)),
             there ? page::escape(say(language, "あります", "there")) : page::code(one.command)});
    }
    page.table({"ページ", "Pages"}, {{"ページ", "page"}, {"内容", "what"}, {"作る命令", "made by"}}, rows);
    return page.str();
}

Outcome<void> write_page(Folder& folder, std::string_view file, std::string_view html, Language language,
                         Date today) {
    if (auto done = folder.put(file, html); !done)
        return done;
    return write_index(folder, language, today);
}

Outcome<void> write_index(Folder& folder, Language language, Date today) {
    return folder.put("index.html", index_page(folder, language, today));
}

} // namespace kaomon::clinic
