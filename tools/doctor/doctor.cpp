#include "tools/doctor/doctor.hpp"

#include "proto/exit_code.hpp"

#include <algorithm>
#include <array>

namespace kaomon::doctor {

std::vector<Finding> examine(const Subject& subject, const Progress& progress) {
    const auto say = [&](const char* japanese, const char* english) {
        if (progress)
            progress({japanese, english});
    };
    std::vector<Finding> found;
    say("サービス", "service");
    look_at_service(subject, found);
    if (subject.told)
        look_at_told(*subject.told, found);
    say("設定とファイル", "configuration and files");
    look_at_installation(subject, found);
    if (subject.gateway)
        look_at_gateway(*subject.gateway, found);
    say("カードリーダーとカメラ", "reader and camera");
    look_at_devices(subject, found);
    return found;
}

int exit_code_of(std::span<const Finding> findings) {
    constexpr std::array<std::string_view, 2> service{"service", "rights"};
    constexpr std::array<std::string_view, 4> device{"reader", "camera", "camera_holder", "picture"};
    const auto failed = [&](const auto& words) {
        return std::ranges::any_of(findings, [&](const Finding& one) {
            return one.standing == Standing::failed && std::ranges::find(words, one.word) != words.end();
        });
    };
    if (failed(service))
        return exit_unreachable;
    if (failed(device))
        return exit_no_device;
    const bool something = count(findings, Standing::failed) + count(findings, Standing::attention) > 0;
    return something ? exit_findings : exit_ok;
}

} // namespace kaomon::doctor
