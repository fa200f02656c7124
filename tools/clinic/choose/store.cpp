#include "tools/clinic/choose/store.hpp"

#include <algorithm>
#include <array>

namespace kaomon::choose {
namespace {

constexpr std::array<const char*, 2> folders{"measurements/readers", "measurements/cameras"};

std::string file_of(Device device, std::string_view name) {
    return std::string(folders[static_cast<std::size_t>(device)]) + "/" + std::string(name) + ".json";
}

} // namespace

Outcome<void> check_name(std::string_view name) {
    const bool fits = !name.empty() && name.size() <= 40 && std::ranges::all_of(name, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               c == '-' || c == '_';
    });
    if (fits)
        return {};
    return trouble(exit_usage, "impossible_name",
                   {"候補の名前に「" + std::string(name.substr(0, 40)) + "」は使えません。",
                    "'" + std::string(name.substr(0, 40)) + "' cannot be a candidate's name"},
                   {"例: --name A", "e.g. --name A"});
}

std::string file_of(const Measurement& measurement) {
    return file_of(measurement.device, measurement.name);
}

Outcome<void> save(clinic::Folder& folder, const Measurement& measurement) {
    if (auto checked = check_name(measurement.name); !checked)
        return checked;
    return folder.write(file_of(measurement.device, measurement.name), print(measurement));
}

Outcome<std::vector<Measurement>> load(clinic::Folder& folder) {
    std::vector<Measurement> all;
    for (const char* place : folders) {
        for (const std::string& file : folder.list(place, ".json")) {
            auto read = folder.read<Measurement>(file, parse);
            if (!read) {
                Trouble why = read.error();
                why.what = {file + ": " + why.what.ja, file + ": " + why.what.en};
                return std::unexpected(why);
            }
            if (*read)
                all.push_back(std::move(**read));
        }
    }
    return all;
}

Outcome<void> forget(clinic::Folder& folder, std::string_view name) {
    if (auto checked = check_name(name); !checked)
        return checked;
    bool found = false;
    for (const Device device : {Device::reader, Device::camera}) {
        if (!std::filesystem::exists(folder.at(file_of(device, name))))
            continue;
        found = true;
        if (auto removed = folder.remove(file_of(device, name)); !removed)
            return removed;
    }
    if (!found)
        return trouble(
            exit_usage, "no_such_candidate",
            {"「" + std::string(name) + "」という候補はありません。",
             "there is no candidate '" + std::string(name) + "'"},
            {"kaomon-clinic choose list で名前を確かめてください。", "see kaomon-clinic choose list"});
    return {};
}

} // namespace kaomon::choose
