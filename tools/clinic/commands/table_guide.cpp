#include "tools/clinic/commands/table_guide.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

namespace kaomon::clinic {
namespace {

volatile std::sig_atomic_t interrupted = 0;

void on_interrupt(int) {
    interrupted = 1;
}

} // namespace

TableGuide::TableGuide(Language language) : language_(language), terminal_(isatty(STDERR_FILENO) == 1) {
    interrupted = 0;
    struct sigaction action{};
    action.sa_handler = on_interrupt;
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
    sigaction(SIGINT, &action, nullptr);
}

TableGuide::~TableGuide() {
    std::signal(SIGINT, SIG_DFL);
    if (terminal_)
        std::fputs("\r\033[K", stderr);
}

void TableGuide::ask(const Text& what) {
    std::fprintf(stderr, terminal_ ? "\r\033[K%s" : "%s\n", say(language_, what).c_str());
    std::fflush(stderr);
}

void TableGuide::put_card(int tap, int taps) {
    ask({fmt::format("カードを置いてください（{}/{}）", tap, taps),
         fmt::format("put the card down ({}/{})", tap, taps)});
    if (reader_ != nullptr)
        reader_->put_card(tap);
}

void TableGuide::take_card() {
    ask({"カードを離してください", "take the card away"});
    if (reader_ != nullptr)
        reader_->take_card();
}

void TableGuide::unplug() {
    ask({"リーダーの USB を抜いてください（抜かなければ、この項目は測りません）",
         "pull the reader's USB plug (if you do not, this is not measured)"});
    if (reader_ != nullptr)
        reader_->unplug();
}

void TableGuide::plug() {
    ask({"USB を元の口に差し直してください", "put the plug back where it was"});
    if (reader_ != nullptr)
        reader_->plug();
}

void TableGuide::stand(choose::Light light, int centimetres) {
    switch (light) {
    case choose::Light::normal:
        ask({fmt::format("ふだんの明かりで、カメラから {} cm に立って、カメラを見ていてください",
                         centimetres),
             fmt::format("in the usual light, stand {} cm from the camera and look at it", centimetres)});
        break;
    case choose::Light::dark:
        ask({"明かりを消し、そのまま立っていてください", "switch the light off and stay where you are"});
        break;
    case choose::Light::behind:
        ask({"明かりをつけ、明るい窓を背にして立ってください",
             "light on again, and stand with a bright window behind you"});
        break;
    }
    if (camera_ != nullptr)
        camera_->set_light(light);
}

void TableGuide::note(const Text& what) {
    std::fprintf(stderr, terminal_ ? "\r\033[K%s\n" : "%s\n", say(language_, what).c_str());
}

bool TableGuide::stopped() const {
    return interrupted != 0;
}

} // namespace kaomon::clinic
