// kaomonctl screen headless: a patient screen without a display, for tests and demonstrations: it prints what
// it is told, answers each colour of the light, and hands both on to the person before a simulated camera.
// screen person: that person alone, where another screen shows what is asked.
#include "proto/exit_code.hpp"
#include "tools/evaluate/request.hpp"
#include "tools/kaomonctl/commands.hpp"
#include "tools/kaomonctl/screen_open.hpp"

#include <boost/json/value.hpp>

#include <fstream>
#include <memory>
#include <utility>

namespace kaomon::kaomonctl {
namespace {

namespace json = boost::json;

struct ScreenOptions {
    std::string person; // FIFO of the simulated camera; empty: nobody sees it
    bool no_light = false;
};

// One line of the fault language. Opened for both directions: whoever reads it may come and go.
void write(const std::string& fifo, const std::string& line) {
    if (!fifo.empty())
        std::fstream(fifo, std::ios::in | std::ios::out) << line << std::endl;
}

std::string light_line(const json::object* light) {
    std::string line = "light";
    for (const char* channel : {"red", "green", "blue"}) {
        const json::value* value = light == nullptr ? nullptr : light->if_contains(channel);
        line += ' ' + std::to_string(value != nullptr && value->is_int64() ? value->get_int64() : 0);
    }
    return line;
}

fault::Ask asked_in(const json::object& reply) {
    const auto* hint = object_at(reply, "hint");
    const auto reason = hint == nullptr ? std::nullopt : from_word<Reason>(text_at(*hint, "word"));
    return reason ? evaluate::asked_by(*reason) : fault::Ask::none;
}

// Before a simulated camera: does what the hints ask.
class Person {
  public:
    explicit Person(std::string fifo) : fifo_(std::move(fifo)) {}
    void hears(const json::object& reply) {
        if (const auto ask = asked_in(reply); ask != std::exchange(asked_, ask))
            write(fifo_, "ask " + std::string(word(ask)));
    }

  private:
    std::string fifo_; // empty: nobody is there
    fault::Ask asked_ = fault::Ask::none;
};

std::string view_line(Language language, const json::object& reply) {
    std::string line(state_text(language, text_at(reply, "state")));
    if (const auto* hint = object_at(reply, "hint"))
        line += ": " + message_text(language, *hint);
    if (object_at(reply, "light") != nullptr)
        line += say(language, "（画面の光）", " (light)");
    return line;
}

// Says that the light of this reply is shown; what becomes of it is told by the replies that follow.
bool answer(Client& client, const json::object& reply, const json::object& light) {
    const json::value* screen = reply.if_contains("screen");
    const json::value* step = light.if_contains("step");
    return screen != nullptr && step != nullptr &&
           client.call("org.kaomon.Screen.Shown", {{"screen", *screen}, {"step", *step}}).has_value();
}

int headless(const Common& common, const ScreenOptions& options) {
    auto view = Client::connect(common.socket), answers = Client::connect(common.socket);
    if (!view || !answers)
        return unreachable(common, view ? answers.error() : view.error());
    (void)view->send("org.kaomon.Screen.Attach", {{"no_light", options.no_light}}, true);
    std::string last;
    bool lit = false;
    Person person(options.person);
    while (true) {
        const auto reply = view->receive(std::nullopt);
        if (!reply)
            return unreachable(common, reply.error());
        if (!(*reply)->error.empty())
            return refused(common, common.json, **reply);
        const json::object& now = (*reply)->parameters;
        const json::object* light = object_at(now, "light");
        if (light != nullptr || lit)
            write(options.person, light_line(light));
        person.hears(now);
        lit = light != nullptr;
        if (light != nullptr && !answer(*answers, now, *light))
            return unreachable(common, "Shown was not answered");
        if (common.json) {
            print_json(now);
        } else if (std::string line = view_line(common.language(), now); line != last) {
            print_line(line);
            last = std::move(line);
        }
    }
}

// Hears what staff beside the desk hears, for there is one screen at a time.
int person(const Common& common, const std::string& fifo) {
    auto follows = Client::connect(common.socket);
    if (!follows)
        return unreachable(common, follows.error());
    (void)follows->send("org.kaomon.Staff.Follow", json::object(), true);
    Person before_camera(fifo);
    while (true) {
        const auto reply = follows->receive(std::nullopt);
        if (!reply)
            return unreachable(common, reply.error());
        if (!(*reply)->error.empty())
            return refused(common, common.json, **reply);
        before_camera.hears((*reply)->parameters);
    }
}

} // namespace

void add_screen(Commands& commands) {
    const auto options = std::make_shared<ScreenOptions>();
    CLI::App* group = commands.add_group("screen", "the patient's own screen");
    add_screen_open(commands, group);
    CLI::App* sub = commands.add(
        "headless",
        "be a patient screen without a display, until interrupted: print what it is told, answer its light",
        [&common = commands.common, options] { return headless(common, *options); }, group);
    sub->add_option(
           "--person", options->person,
           "FIFO of a simulated camera ([camera] fault): its person sees the light and does what is asked")
        ->type_name("FIFO");
    sub->add_flag("--no-light", options->no_light, "show no colours, as a patient may wish");
    const auto fifo = std::make_shared<std::string>();
    CLI::App* alone = commands.add(
        "person",
        "the person before a simulated camera does what the visit asks, until interrupted; another screen "
        "shows it",
        [&common = commands.common, fifo] { return person(common, *fifo); }, group);
    alone->add_option("FIFO", *fifo, "of the simulated camera ([camera] fault)")->required();
}

} // namespace kaomon::kaomonctl
