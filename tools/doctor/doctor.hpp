// What is wrong with a device, and what to do about it: looked at from outside of the daemon, in a few
// seconds.
#pragma once

#include "daemon/config/config.hpp"
#include "daemon/gateway/settings.hpp"
#include "tools/finding/finding.hpp"

#include <boost/json/object.hpp>

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kaomon::doctor {

// What the daemon says of itself.
struct Told {
    boost::json::object info, status; // replies of GetInfo, and of Watch
};

// Of the gateway, where the configuration has one.
struct Gateway {
    kaomon::Result<gateway::Settings> settings;
    std::optional<int> health; // status of its /health: 200, it reaches kaomond; empty: it does not answer
};

struct Subject {
    kaomon::Result<config::Config> config;
    std::filesystem::path file; // of the configuration
    std::filesystem::path socket;
    std::optional<Told> told; // empty: it does not answer
    std::optional<Gateway> gateway{};
};

// What is looked at, in the order in which the one rests on the other. Each part adds its findings; what
// cannot be told (no right to look, nothing to look at) is not_checkable, never good. Takes five seconds at
// the most, of which the camera three. Opens the camera only where no session has it.
using Progress = std::function<void(const Text& what)>;
std::vector<Finding> examine(const Subject& subject, const Progress& progress = {});

// exit_ok; else of what stands nearest to the ground: exit_unreachable (service, rights), exit_no_device
// (reader, camera, picture), exit_findings.
int exit_code_of(std::span<const Finding> findings);

// ---- the parts ----
void look_at_service(const Subject& subject, std::vector<Finding>& found);
void look_at_installation(const Subject& subject, std::vector<Finding>& found);
void look_at_gateway(const Gateway& gateway, std::vector<Finding>& found);
void look_at_devices(const Subject& subject, std::vector<Finding>& found);
// Of what the daemon knows and nobody else: troubles and warnings.
void look_at_told(const Told& told, std::vector<Finding>& found);

// A Message of the interface as a finding.
Finding of_message(const char* part, Text name, const boost::json::object& message, Standing standing);

} // namespace kaomon::doctor
