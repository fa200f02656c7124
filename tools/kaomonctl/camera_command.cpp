// kaomonctl camera show, accept: which camera the desk uses, and that another one may take its place. For
// root and the daemon's own user.
#include "proto/exit_code.hpp"
#include "tools/kaomonctl/camera_still.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <array>
#include <memory>

namespace kaomon::kaomonctl {
namespace {

namespace json = boost::json;

struct AcceptOptions {
    std::string id; // empty: the camera that is there now
};

void print_camera(Language language, std::string_view japanese, std::string_view english,
                  const json::object* camera) {
    const std::string head(say(language, japanese, english));
    if (camera == nullptr)
        return print_line(head + std::string(say(language, "なし", "none")));
    const auto text = [&](const char* key) { return std::string(text_at(*camera, key)); };
    const std::string serial = text("serial");
    print_line(head + text("model") + "  " + text("driver") + "  " +
               std::string(say(language, "ポート ", "port ")) + text("port") + "  " +
               std::string(say(language, "製造番号 ", "serial ")) +
               (serial.empty() ? std::string(say(language, "なし", "none")) : serial) + "  id " + text("id"));
    print_line(std::string(say(language, "            ", "            ")) +
               list_at(language, *camera, "formats"));
}

// The daemon's answer, or the exit code where there is none.
std::expected<json::object, int> ask(const Common& common, const char* method,
                                     const json::object& parameters = {}) {
    auto client = Client::connect(common.socket);
    if (!client)
        return std::unexpected(unreachable(common, client.error()));
    auto reply = client->call(method, parameters);
    if (!reply)
        return std::unexpected(unreachable(common, reply.error()));
    if (!reply->error.empty())
        return std::unexpected(refused(common, common.json, *reply));
    return std::move(reply->parameters);
}

int show_camera(const Common& common) {
    const auto camera = ask(common, "org.kaomon.Device.GetCamera");
    if (!camera)
        return camera.error();
    const json::object* fault = object_at(*camera, "fault");
    if (common.json) {
        print_json(*camera);
    } else {
        print_camera(common.language(), "登録済み    ", "accepted    ", object_at(*camera, "accepted"));
        print_camera(common.language(), "現在        ", "present     ", object_at(*camera, "present"));
        if (fault != nullptr)
            print_line("            " + message_text(common.language(), *fault) + ": " +
                       std::string(text_at(*camera, "detail")));
    }
    return fault == nullptr ? exit_ok : exit_findings;
}

int accept(const Common& common, const AcceptOptions& options) {
    std::string id = options.id;
    if (id.empty()) {
        const auto camera = ask(common, "org.kaomon.Device.GetCamera");
        if (!camera)
            return camera.error();
        if (const auto* present = object_at(*camera, "present"))
            id = text_at(*present, "id");
    }
    const auto reply = ask(common, "org.kaomon.Device.AcceptCamera", {{"id", id}});
    if (!reply)
        return reply.error();
    if (common.json)
        print_json(*reply);
    else
        print_camera(common.language(), "登録しました ", "accepted    ", object_at(*reply, "accepted"));
    return exit_ok;
}

} // namespace

void add_camera(Commands& commands) {
    CLI::App* group = commands.add_group(
        "camera", "which camera the desk uses, and that another one may take its place (root)");
    commands.add(
        "show", "the accepted camera and the one that is there now",
        [&common = commands.common] { return show_camera(common); }, group);
    const auto options = std::make_shared<AcceptOptions>();
    CLI::App* sub = commands.add(
        "accept", "the camera that is there now is the desk's from here on",
        [&common = commands.common, options] { return accept(common, *options); }, group);
    sub->add_option(
        "--id", options->id,
        "only the camera with this id, as `camera show` told it (default: the one that is there)");
    add_camera_still(commands, group);
}

} // namespace kaomon::kaomonctl
