// What the session says, in the words of proto/*.varlink.
#pragma once

#include "daemon/session/desk.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace kaomon::socket {

// All reentrant.
boost::json::object message_of(Reason reason);                      // type Message
boost::json::object status_of(const session::DeviceStatus& status); // type Status
boost::json::object update_of(const session::Update& update);       // reply of Verify
boost::json::object info_of(const session::DeviceInfo& info);       // reply of GetInfo
// Reply of Attach.
boost::json::object screen_view_of(const session::ScreenId& screen, const session::ScreenView& view);
boost::json::object preview_of(const visit::PreviewFrame& frame); // reply of Preview
// Reply of Follow. `staff`: for whom its caller may speak.
boost::json::object staff_view_of(const session::StaffView& view, const std::vector<std::string>& staff);

// The last words on a connection: org.kaomon.Device.Disconnected, encoded.
std::string farewell(Reason reason, std::string_view detail);

} // namespace kaomon::socket
