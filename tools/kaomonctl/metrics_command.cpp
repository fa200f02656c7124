// kaomonctl metrics: what the daemon has counted, for Prometheus.
#include "daemon/metrics/page.hpp"
#include "drivers/base/durable_file.hpp"
#include "proto/exit_code.hpp"
#include "tools/kaomonctl/commands.hpp"
#include "tools/kaomonctl/told.hpp"

namespace kaomon::kaomonctl {
namespace {

// Also of a daemon that does not answer: an alert is to know that.
std::string up_or_down(const std::string& socket, bool up) {
    metrics::Page page(metrics::Labels{{"socket", socket}});
    page.gauge("kaomon_up", "1: the daemon answers on this socket.", up ? 1 : 0);
    return page.text();
}

int tell(const Common& common, const std::string& file) {
    const auto counted = reply_of(common.socket, "org.kaomon.Device.GetMetrics");
    const std::string text = up_or_down(common.socket, counted.has_value()) +
                             std::string(counted ? text_at(*counted, "text") : "");
    if (file.empty()) {
        if (!counted)
            return unreachable(common, counted.error());
        if (common.json)
            print_json({{"text", text}});
        else
            print_line(std::string_view(text).substr(0, text.size() - 1));
        return exit_ok;
    }
    // Whoever collects it may be another user, and must never read half of one.
    if (const auto written =
            replace_file(file, text, Reason::internal_error, {.mode = 0644, .synced = Synced::no});
        !written)
        return failed(common, {exit_usage,
                               "cannot_write",
                               {file + " に書けません。", written.error().detail},
                               {"場所と権限を確かめてください。", "look at the place and its permissions"}});
    return counted ? int{exit_ok} : unreachable(common, counted.error());
}

} // namespace

void add_metrics(Commands& commands) {
    auto file = std::make_shared<std::string>();
    auto* sub = commands.add("metrics", "what the daemon has counted, as Prometheus reads it",
                             [&common = commands.common, file] { return tell(common, *file); });
    sub->add_option("--file", *file,
                    "replace this file with it, for the text-file collector of the node exporter");
}

} // namespace kaomon::kaomonctl
