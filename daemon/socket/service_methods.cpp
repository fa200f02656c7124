// org.varlink.service: what every Varlink service answers.
#include "daemon/socket/interfaces.hpp"
#include "daemon/socket/methods.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

namespace kaomon::socket {

namespace json = boost::json;

void service_get_info(const std::shared_ptr<Service>&, const Call&,
                      const std::shared_ptr<Exchange>& exchange) {
    json::array names;
    for (const idl::Interface& interface : interfaces())
        names.emplace_back(interface.name);
    json::object reply;
    reply["vendor"] = "Kaomon";
    reply["product"] = "Kaomon (顔門) face-authentication card reader";
    reply["version"] = KAOMON_VERSION;
    reply["url"] = "file:///usr/share/doc/kaomon/";
    reply["interfaces"] = std::move(names);
    exchange->reply(std::move(reply));
}

void service_get_description(const std::shared_ptr<Service>&, const Call& call,
                             const std::shared_ptr<Exchange>& exchange) {
    const json::string& name = call.parameters.at("interface").get_string();
    const idl::Interface* interface = find_interface(std::string_view(name));
    if (interface == nullptr) {
        exchange->refuse("org.varlink.service.InterfaceNotFound", json::object{{"interface", name}});
        return;
    }
    exchange->reply(json::object{{"description", interface->description}});
}

} // namespace kaomon::socket
