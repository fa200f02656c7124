// kaomonctl call: any method, as it is; prints the parameters of each reply.
#include "proto/exit_code.hpp"
#include "tools/kaomonctl/commands.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <memory>

namespace kaomon::kaomonctl {
namespace {

namespace json = boost::json;

struct CallOptions {
    std::string method;
    std::string parameters = "{}"; // JSON object
    bool more = false;
};

int call(const Common& common, const CallOptions& options) {
    json::error_code error;
    json::value parameters = json::parse(options.parameters, error);
    if (error || !parameters.is_object())
        return usage(common, "the parameters are not a JSON object");
    auto client = Client::connect(common.socket);
    if (!client)
        return unreachable(common, client.error());
    (void)client->send(options.method, parameters.get_object(), options.more);
    while (true) {
        const auto reply = client->receive(std::nullopt);
        if (!reply)
            return unreachable(common, reply.error());
        if (!(*reply)->error.empty())
            return refused(common, true, **reply);
        print_json((*reply)->parameters);
        if (!(*reply)->continues)
            return exit_ok;
    }
}

} // namespace

void add_call(Commands& commands) {
    const auto options = std::make_shared<CallOptions>();
    CLI::App* sub = commands.add("call", "call any method and print the parameters of its replies",
                                 [&common = commands.common, options] { return call(common, *options); });
    sub->add_option("METHOD", options->method, "e.g. org.kaomon.Device.GetInfo")
        ->required()
        ->type_name(
            "TEXT:{org.varlink.service.GetInfo,org.varlink.service.GetInterfaceDescription,"
            "org.kaomon.Device.GetInfo,org.kaomon.Device.GetKeys,org.kaomon.Device.Watch,"
            "org.kaomon.Device.GetCamera,org.kaomon.Device.AcceptCamera,"
            "org.kaomon.Verification.Verify,org.kaomon.Verification.Provide,org.kaomon.Verification.Cancel,"
            "org.kaomon.Screen.Attach,org.kaomon.Screen.Shown}");
    sub->add_option("PARAMETERS", options->parameters, "JSON object")->capture_default_str();
    sub->add_flag("--more", options->more, "take more than one reply");
}

} // namespace kaomon::kaomonctl
