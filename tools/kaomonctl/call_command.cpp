// kaomonctl call: any method, as it is; prints the parameters of each reply.
#include "tools/kaomonctl/commands.hpp"
#include "tools/kaomonctl/exit_codes.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace kaomon::kaomonctl {

namespace json = boost::json;

int call(const Common& common, const CallOptions& options) {
    json::error_code error;
    json::value parameters = json::parse(options.parameters, error);
    if (error || !parameters.is_object())
        return usage(common.language, "the parameters are not a JSON object");
    auto client = Client::connect(common.socket);
    if (!client)
        return unreachable(common.language, common.json, common.socket, client.error());
    (void)client->send(options.method, parameters.get_object(), options.more);
    while (true) {
        const auto reply = client->receive(std::nullopt);
        if (!reply)
            return unreachable(common.language, common.json, common.socket, reply.error());
        if (!(*reply)->error.empty())
            return refused(common.language, true, **reply);
        print_json((*reply)->parameters);
        if (!(*reply)->continues)
            return exit_ok;
    }
}

} // namespace kaomon::kaomonctl
