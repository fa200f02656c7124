// kaomon-clinic certificate: what a device certificate is for, and how long it is still good.
#include "tools/clinic/certificate/assessment.hpp"
#include "tools/clinic/certificate/record.hpp"
#include "tools/clinic/commands/staff.hpp"
#include "tools/clinic/commands/today.hpp"
#include "tools/clinic/folder/pages.hpp"
#include "tools/command/secret_input.hpp"
#include "tools/page/page.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <memory>

namespace kaomon::clinic {
namespace {

namespace json = boost::json;
using namespace certificate;

struct CertificateOptions {
    std::string source; // file, or a pkcs11: URI
    std::string password_from, module, today, issued;
};

struct Found {
    Certificate certificate;
    Assessment assessment;
};

json::object certificates_json(const Found& one, Language language) {
    json::array sentences;
    for (const Text& text : one.assessment.sentences)
        sentences.push_back(json::string(say(language, text)));
    return {{"subject", one.certificate.subject},
            {"issuer", one.certificate.issuer},
            {"serial", one.certificate.serial},
            {"sha256", one.certificate.sha256},
            {"not_before", iso(one.certificate.not_before)},
            {"not_after", iso(one.certificate.not_after)},
            {"purpose", say(language, one.certificate.purpose)},
            {"holds_private_key", one.certificate.has_key},
            {"other_use", one.certificate.other_use},
            {"state", word(one.assessment.state)},
            {"days_left", one.assessment.days_left},
            {"download_until", one.assessment.download_until
                                   ? json::value(iso(*one.assessment.download_until))
                                   : json::value(nullptr)},
            {"needs_action", one.assessment.needs_action},
            {"sentences", std::move(sentences)}};
}

void print_certificates(const Found& one, Language language) {
    const auto line = [&](const char* ja, const char* en, const std::string& value) {
        print_line(std::string(say(language, ja, en)) + value);
    };
    line("名前      ", "subject   ", one.certificate.subject);
    line("発行者    ", "issuer    ", one.certificate.issuer);
    line("用途      ", "purpose   ", say(language, one.certificate.purpose));
    line("有効期間  ", "valid     ",
         say(language, day_text(one.certificate.not_before)) + " - " +
             say(language, day_text(one.certificate.not_after)));
    if (one.certificate.has_key)
        line("秘密鍵    ", "key       ",
             std::string(say(language, "ファイルに入っています（表示も保存もしません）",
                             "in the file (neither shown nor kept)")));
    for (const Text& sentence : one.assessment.sentences)
        line("  ", "  ", say(language, sentence));
}

std::string page_of(const std::vector<Found>& all, Language language, Date today) {
    page::Page page(language, {"端末の電子証明書", "Device certificate"}, today);
    for (const Found& one : all) {
        page.heading(one.certificate.purpose);
        const page::Mark mark = one.assessment.state == State::good        ? page::Mark::good
                                : one.assessment.state == State::ends_soon ? page::Mark::attention
                                                                           : page::Mark::bad;
        std::string sentences;
        for (const Text& sentence : one.assessment.sentences)
            sentences += (sentences.empty() ? page::mark(mark, say(language, sentence))
                                            : page::escape(say(language, sentence))) +
                         "<br>";
        const std::vector<page::Row> rows{
            {page::escape(say(language, "状態", "state")), sentences},
            {page::escape(say(language, "有効期間", "valid")),
             page::escape(say(language, day_text(one.certificate.not_before)) + " - " +
                          say(language, day_text(one.certificate.not_after)))},
            {page::escape(say(language, "発行者", "issuer")), page::escape(one.certificate.issuer)},
            {page::escape(say(language, "指紋 (SHA-256)", "fingerprint (SHA-256)")),
             page::escape(one.certificate.sha256)}};
        page.table({"証明書", "certificate"}, {{"項目", "item"}, {"内容", "value"}}, rows);
    }
    page.paragraph(
        {"更新の目安: "
         "切れる90日前から申請を始めます。発行の手数料は1,"
         "500円、有効期間は3年、ダウンロードできるのは発行から180日以内です。",
         "begin the renewal 90 days before the end; 1,500 yen, 3 years of life, 180 days to download"});
    using namespace std::chrono;
    const std::vector<page::Source> sources{
        {{"手数料、有効期間、ダウンロードの期間: 支払基金の案内（総合ポータルサイトで確かめてください）",
          "fee, life and download window: the payer's guidance (look at its portal)"},
         "https://iryohokenjyoho.service-now.com/csm",
         2026y / November / 22}};
    page.sources(sources);
    return page.str();
}

Record record_of(const std::vector<Found>& all, Date today) {
    Record record{.on = today, .entries = {}};
    for (const auto& [one, assessment] : all)
        record.entries.push_back({one.sha256, one.not_after, one.client, one.other_use});
    return record;
}

int look(const Common& common, const CertificateOptions& options) {
    Staff staff(common);
    const auto today = today_of(options.today);
    if (!today)
        return staff.fail(today.error());
    const Date day = *today;
    std::optional<Date> issued;
    if (!options.issued.empty()) {
        const auto named = day_of(options.issued, "--issued");
        if (!named)
            return staff.fail(named.error());
        issued = *named;
    }
    std::optional<SecretText> password;
    if (!options.password_from.empty()) {
        auto read = read_secret(options.password_from);
        if (!read)
            return staff.fail({exit_usage,
                               "password_unreadable",
                               {"パスワードを読めません（" + read.error() + "）。",
                                "the password cannot be read: " + read.error()},
                               {}});
        password = std::move(*read);
    }
    auto certificates = options.source.starts_with("pkcs11:") ? read_token(options.source, options.module)
                                                              : read_file(options.source, password);
    if (!certificates)
        return staff.fail(certificates.error());
    std::vector<Found> all;
    const bool issuers_only = std::ranges::all_of(*certificates, &Certificate::is_ca);
    for (Certificate& one : *certificates) {
        // Of a chain only the device's own certificate is judged; a file with nothing else is.
        if (one.is_ca && !issuers_only)
            continue;
        Assessment assessment = assess(one, day, issued);
        all.push_back({std::move(one), std::move(assessment)});
    }
    if (auto written = staff.folder.write(record_file, certificate::print(record_of(all, day))); !written)
        return staff.fail(written.error());
    if (auto written = clinic::write_page(staff.folder, "certificate.html", page_of(all, staff.language, day),
                                          staff.language, day);
        !written)
        return staff.fail(written.error());
    if (common.json) {
        json::array found;
        for (const Found& one : all)
            found.push_back(certificates_json(one, staff.language));
        print_json({{"today", iso(day)}, {"certificates", std::move(found)}});
    } else {
        for (const Found& one : all)
            print_certificates(one, staff.language);
        staff.wrote("certificate.html");
    }
    const bool action =
        std::ranges::any_of(all, [](const Found& one) { return one.assessment.needs_action; });
    return staff.end(action ? exit_findings : exit_ok);
}

} // namespace

void add_certificate(Commands& commands) {
    const auto options = std::make_shared<CertificateOptions>();
    CLI::App* sub =
        commands.add("certificate", "what a device certificate is for and how long it is still good",
                     [&common = commands.common, options] { return look(common, *options); });
    sub->add_option("SOURCE", options->source, "PEM, DER or PKCS#12 file, or pkcs11:… of a token")
        ->required();
    sub->add_option("--password-from", options->password_from,
                    "file with the PKCS#12 password, or - for standard input");
    sub->add_option("--module", options->module, "PKCS#11 library (default: those p11-kit knows)");
    sub->add_option("--issued", options->issued,
                    "the day it was issued for download, YYYY-MM-DD: the 180 days are counted from it");
    sub->add_option("--today", options->today, "as if today were YYYY-MM-DD");
}

} // namespace kaomon::clinic
