#include "daemon/gateway/upstream.hpp"

#include "daemon/gateway/limits.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace kaomon::gateway {

using boost::system::error_code;

namespace {

bool is_answer(const std::string& reply) {
    error_code bad;
    const auto parsed = boost::json::parse(reply, bad);
    return !bad && parsed.is_object() && !parsed.get_object().contains("error");
}

} // namespace

// One question on its way.
struct Upstream::Question : std::enable_shared_from_this<Question> {
    Question(boost::asio::io_context& loop, std::function<void(std::optional<std::string>)> told)
        : timer(loop), tell(std::move(told)) {}

    void ask(boost::asio::io_context& loop, const std::filesystem::path& socket, const std::string& method) {
        timer.expires_after(health_timeout);
        timer.async_wait([self = shared_from_this()](error_code error) {
            if (!error)
                self->end(std::nullopt);
        });
        link = std::make_shared<Link>(
            loop, socket, "health",
            Link::Ears{.ready =
                           [self = shared_from_this(), method] {
                               self->link->send(
                                   boost::json::serialize(boost::json::object{{"method", method}}), {});
                           },
                       .message = [self = shared_from_this()](
                                      std::string message) { self->end(std::move(message)); },
                       .gone = [self = shared_from_this()](Link::Gone) { self->end(std::nullopt); }});
        link->open();
    }
    void end(std::optional<std::string> reply) {
        timer.cancel();
        if (const auto open = std::exchange(link, nullptr))
            open->close();
        if (const auto told = std::exchange(tell, nullptr))
            told(reply && is_answer(*reply) ? std::move(reply) : std::nullopt);
    }

    boost::asio::steady_timer timer;
    std::function<void(std::optional<std::string>)> tell;
    std::shared_ptr<Link> link;
};

void Upstream::ask(const std::string& method, Answered answered) {
    Known& known = known_[method];
    if (known.waiting.empty() && known.since != Instant{} &&
        SteadyClock::now() - known.since < health_timeout)
        return answered(known.reply);
    known.waiting.push_back(std::move(answered));
    if (known.waiting.size() == 1)
        std::make_shared<Question>(loop_, [this, method](std::optional<std::string> reply) {
            answer(method, std::move(reply));
        })->ask(loop_, socket_, method);
}

void Upstream::answer(const std::string& method, std::optional<std::string> reply) {
    Known& known = known_[method];
    known.reply = std::move(reply);
    known.since = SteadyClock::now();
    for (const auto& answered : std::exchange(known.waiting, {}))
        answered(known.reply);
}

} // namespace kaomon::gateway
