// kaomonctl screen open: the patient's page in a browser of this computer.
#include "drivers/base/durable_file.hpp"
#include "drivers/base/text_file.hpp"
#include "proto/exit_code.hpp"
#include "tools/kaomonctl/gateway_service.hpp"
#include "tools/kaomonctl/screen_open.hpp"

#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace kaomon::kaomonctl {
namespace {

struct OpenOptions {
    std::string gateway_config, page = "patient", browser;
    bool print = false;
};

bool has_display() {
    return std::getenv("DISPLAY") != nullptr || std::getenv("WAYLAND_DISPLAY") != nullptr;
}

// A page that leads there, in a folder of this user alone: what stands on a command line everybody can list.
Outcome<std::string> page_that_leads_to(const std::string& url, const std::string& page) {
    const char* folder = std::getenv("XDG_RUNTIME_DIR");
    if (folder == nullptr || *folder != '/')
        return trouble(exit_usage, "no_runtime_folder",
                       {"XDG_RUNTIME_DIR がありません。", "XDG_RUNTIME_DIR is not set"},
                       {"--print でアドレスを表示してください。", "--print shows the address"});
    const std::string file = std::string(folder) + "/kaomon-" + page + ".html";
    const std::string html = "<!doctype html><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" "
                             "content=\"0;url=" +
                             url + "\">\n";
    if (const auto written =
            replace_file(file, html, Reason::internal_error, {.mode = 0600, .synced = Synced::no});
        !written)
        return std::unexpected(trouble_of(written.error()));
    return "file://" + file;
}

// Becomes the browser; returns where there is none.
void become_browser(const std::string& wanted, const std::string& url) {
    constexpr std::array usual{"chromium", "chromium-browser", "google-chrome", "firefox-esr", "firefox"};
    std::vector<std::string> programs(usual.begin(), usual.end());
    if (!wanted.empty())
        programs = {wanted};
    for (const std::string& program : programs) {
        if (program.find("chrom") == std::string::npos)
            execlp(program.c_str(), program.c_str(), "--kiosk", url.c_str(), static_cast<char*>(nullptr));
        else // nothing is left of a visit, nothing is asked, and the sentences are spoken untouched
            execlp(program.c_str(), program.c_str(), "--kiosk", "--incognito", "--no-first-run",
                   "--noerrdialogs", "--autoplay-policy=no-user-gesture-required", url.c_str(),
                   static_cast<char*>(nullptr));
    }
}

int open_screen(const Common& common, const OpenOptions& options) {
    const auto settings = gateway_settings(options.gateway_config);
    if (!settings)
        return failed(common, settings.error());
    const auto file = settings->token_file(options.page);
    auto token = read_text_file(file, 128);
    if (!token)
        return failed(
            common,
            {exit_usage,
             "cannot_read",
             {file.string() + " を読めません。", file.string() + ": " + std::strerror(token.error())},
             token.error() == ENOENT
                 ? Text{"sudo kaomonctl gateway enable を実行してください。", "sudo kaomonctl gateway enable"}
                 : Text{"画面の利用者を kaomon-gateway（または patient_group）に入れてください。",
                        "put the screen's user into group kaomon-gateway, or that of patient_group"}});
    if (token->ends_with('\n'))
        token->pop_back();
    const std::string url =
        "http://127.0.0.1:" + std::to_string(settings->port) + '/' + options.page + "#token=" + *token;
    if (options.print || common.json || !has_display()) {
        if (common.json)
            print_json({{"url", url}});
        else
            print_line(url);
        return exit_ok;
    }
    const auto leads = page_that_leads_to(url, options.page);
    if (!leads)
        return failed(common, leads.error());
    become_browser(options.browser, *leads);
    return failed(common, {exit_usage,
                           "no_browser",
                           {"ブラウザーが見つかりません。", "no browser was found"},
                           {"--browser で指定するか、--print を使ってください。",
                            "name one by --browser, or --print"}});
}

} // namespace

void add_screen_open(Commands& commands, CLI::App* group) {
    const auto options = std::make_shared<OpenOptions>();
    CLI::App* sub = commands.add(
        "open",
        "the patient's page in a browser of this computer, over the whole screen; without a display its "
        "address",
        [&common = commands.common, options] { return open_screen(common, *options); }, group);
    sub->add_option("--page", options->page, "patient, or staff: the staff's page")
        ->check(CLI::IsMember({"patient", "staff"}))
        ->capture_default_str();
    sub->add_flag("--print", options->print, "only print the address: whoever has it may use the page");
    sub->add_option("--browser", options->browser, "the program (default: chromium or firefox)")
        ->type_name("PROGRAM");
    sub->add_option("--gateway-config", options->gateway_config,
                    "the gateway's configuration (default: the installed one)");
}

} // namespace kaomon::kaomonctl
