#include "tests/component/desk.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>
#include <utility>

namespace kaomon::test {

namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

// pcscd looks at vpcd every 400 ms: a shorter absence is none for it (as in
// drivers/card/simulated/vpcd_peer.cpp).
constexpr std::chrono::milliseconds shortest_absence{600};

fs::path demo_photograph(const char* name) {
    const auto file = fs::path(KAOMON_SOURCE_DIR) / "models/demo" / name;
    if (!fs::exists(file))
        throw std::runtime_error(file.string() + " is missing: run tools/models/fetch --demo");
    return file;
}

// The still as a living head: where its eyes are, for the photographs of models/demo.
std::string living(const fs::path& still) {
    for (const auto& [name, eyes] : {std::pair{"obama.jpg", "440,216,548,214"},
                                     {"obama2.jpg", "251,370,374,384"},
                                     {"biden.jpg", "527,322,652,349"}}) {
        if (still == demo_photograph(name))
            return still.string() + "#eyes=" + eyes;
    }
    return still.string();
}

json::object read_json(const fs::path& file) {
    std::ifstream stream(file);
    return json::parse(std::string(std::istreambuf_iterator<char>(stream), {})).as_object();
}

// Each visit of a test is a person's own idempotency_key, though its nonce is always the same.
std::string next_act() {
    static int idempotency_keys = 0;
    return "act-of-a-test-" + std::to_string(++idempotency_keys);
}

bool listens(const fs::path& pipe) {
    return static_cast<bool>(UniqueFd(open(pipe.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC)));
}

void write_line(const fs::path& pipe, const std::string& line) {
    const UniqueFd file(open(pipe.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC));
    const std::string text = line + "\n";
    if (!file || write(file.get(), text.data(), text.size()) < 0) {
        throw std::runtime_error("nobody reads " + pipe.string());
    }
}

} // namespace

fs::path Desk::holder() {
    return demo_photograph("obama.jpg");
}
fs::path Desk::other_view_of_holder() {
    return demo_photograph("obama2.jpg");
}
fs::path Desk::stranger() {
    return demo_photograph("biden.jpg");
}

Desk::Desk(fs::path state) : state_(std::move(state)) {
    umask(022); // what others can change the daemon does not take
    char name[] = "/tmp/kaomon-desk-XXXXXX";
    folder_ = mkdtemp(name);
    if (state_.empty())
        state_ = folder_;
    fs::create_directory(folder_ / "trust.d");
    mkfifo((folder_ / "card.fault").c_str(), 0600);
    mkfifo((folder_ / "camera.fault").c_str(), 0600);
}

Desk::~Desk() {
    card_.reset();
    daemon_.reset();
    fs::remove_all(folder_);
}

fs::path Desk::issue(const std::string& name, const std::vector<std::string>& options) {
    const auto card = folder_ / name;
    std::vector<std::string> command{
        programs() / "kaomon-simcard", "issue", "--portrait", holder(), "--out", card};
    command.insert(command.end(), options.begin(), options.end());
    command.emplace_back("--json");
    std::string said;
    if (run(command, &said) != 0)
        throw std::runtime_error("no card was issued: " + said);
    std::ofstream(folder_ / (name + ".json")) << said.substr(said.find('{'));
    fs::copy_file(card / "trust.toml", folder_ / "trust.d" / (name + ".toml"));
    fs::copy_file(card / "jpki-ca.pem", folder_ / "trust.d" / (name + ".pem"));
    return card;
}

void Desk::serve(const fs::path& card) {
    card_ = std::make_unique<Program>(
        std::vector<std::string>{programs() / "kaomon-simcard", "serve", "--card", card, "--port",
                                 std::to_string(pcscd_.port()), "--fault", folder_ / "card.fault"},
        folder_ / "card.log");
}

void Desk::put(const fs::path& card) {
    take_away();
    serve(card);
    if (!eventually([this] { return status().at("card_present").as_bool(); })) {
        throw std::runtime_error("the card does not arrive: " + card_->log());
    }
}

void Desk::replace(const fs::path& card) {
    card_.reset();
    std::this_thread::sleep_for(shortest_absence);
    serve(card);
    eventually([this] { return listens(folder_ / "card.fault"); });
}

void Desk::take_away() {
    if (!card_)
        return;
    card_.reset();
    std::this_thread::sleep_for(shortest_absence);
    eventually([this] { return !status().at("card_present").as_bool(); });
}

int Desk::tries(const fs::path& card, const std::string& secret) const {
    std::string said;
    run({programs() / "kaomon-simcard", "show", "--card", card, "--json"}, &said);
    const auto secrets = json::parse(said).at("secrets").as_object();
    return static_cast<int>(secrets.at(secret).at("tries_left").as_int64());
}

std::string Desk::number(const fs::path& card) const {
    return std::string(
        read_json(folder_ / (card.filename().string() + ".json")).at("access_number").as_string());
}

std::string Desk::pin(const fs::path& card) const {
    return std::string(read_json(folder_ / (card.filename().string() + ".json")).at("pin").as_string());
}

void Desk::restart_daemon(const fs::path& still, const std::string& more_settings,
                          const std::string& presentation, bool forgets) {
    daemon_.reset();
    if (forgets)
        fs::remove(state_ / "suspicions");
    std::ofstream(folder_ / "kaomond.toml")
        << "[socket]\npath = \"" << socket().string() << "\"\nstaff_users = [\"" << geteuid()
        << ":hanako.s\"]\nscreen_users = [\"" << geteuid() << "\"]\n"
        << "[card]\ntrust_store = \"" << (folder_ / "trust.d").string() << "\"\n"
        << "[camera]\nsource = \"simulated\"\nstills = [\"" << living(still) << "\"]\npresentation = \""
        << presentation << "\"\nfault = \"" << (folder_ / "camera.fault").string() << "\"\n"
        << "[face]\nmodels = \"" << KAOMON_SOURCE_DIR << "/models\"\n"
        << "[result]\nkey = \"" << (state_ / "key.pem").string()
        << "\"\nattributes = [\"name\", \"birth_date\", \"sex\", \"address\"]\n"
        << "[audit]\nfile = \"" << (state_ / "audit.jsonl").string() << "\"\n"
        << "[photo]\nworker = \"" << (programs() / "kaomon-photo").string() << "\"\n"
        << more_settings; // of [photo], until they name another section
    daemon_ = std::make_unique<Program>(
        std::vector<std::string>{programs() / "kaomond", "--config", folder_ / "kaomond.toml"},
        folder_ / "kaomond.log");
    const bool listens = eventually(
        [this] {
            try {
                Caller caller(socket());
                return true;
            } catch (const std::runtime_error&) {
                return !daemon_->running();
            }
        },
        30);
    if (!listens || !daemon_->running())
        throw std::runtime_error("kaomond does not start: " + daemon_->log());
}

void Desk::card_fault(const std::string& line) const {
    write_line(folder_ / "card.fault", line);
}
void Desk::camera_fault(const std::string& line) const {
    write_line(folder_ / "camera.fault", line);
}

Visit Desk::visit(const std::string& number, int deadline_ms) {
    Caller caller(socket());
    json::object parameters{{"nonce", "nonce-of-a-component-test"}, {"deadline_ms", deadline_ms}};
    if (!number.empty()) {
        parameters["access_number"] = json::object{{"number", number}};
        parameters["idempotency_key"] = next_act();
    }
    caller.send("org.kaomon.Verification.Verify", std::move(parameters), true);
    return follow(caller);
}

Visit Desk::visit_with(const std::string& number, std::vector<json::object> provisions, int deadline_ms) {
    Caller caller(socket());
    json::array methods;
    json::object parameters{{"nonce", "nonce-of-a-component-test"}, {"deadline_ms", deadline_ms}};
    if (!number.empty()) {
        methods.emplace_back("face");
        parameters["access_number"] = json::object{{"number", number}};
        parameters["idempotency_key"] = next_act();
    }
    for (const auto& one : provisions)
        methods.emplace_back(one.contains("pin") ? "pin" : "visual_check");
    parameters["methods"] = methods;
    caller.send("org.kaomon.Verification.Verify", std::move(parameters), true);
    Visit before;
    for (auto& one : provisions) {
        const auto reply = receive_until(caller, "waiting_method", before);
        if (reply.empty())
            return before; // it ended by itself
        one["session"] = reply.at("session");
        if (!one.contains("idempotency_key"))
            one["idempotency_key"] = next_act();
        Caller second(socket());
        const auto answer = second.call("org.kaomon.Verification.Provide", std::move(one));
        if (answer.contains("error"))
            throw std::runtime_error(json::serialize(answer));
    }
    Visit rest = follow(caller);
    rest.states.insert(rest.states.begin(), before.states.begin(), before.states.end());
    rest.seconds += before.seconds;
    rest.hints.insert(rest.hints.begin(), before.hints.begin(), before.hints.end());
    return rest;
}

Visit Desk::follow(Caller& caller) {
    Visit visit;
    receive_until(caller, "concluded", visit);
    return visit;
}

json::object Desk::receive_until(Caller& caller, std::string_view wanted, Visit& visit) {
    const auto begun = std::chrono::steady_clock::now();
    while (auto reply = caller.receive(30)) {
        visit.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
        visit.last = *reply;
        if (const auto* error = reply->if_contains("error")) {
            visit.reason = error->as_string();
            break;
        }
        const auto& parameters = reply->at("parameters").as_object();
        const std::string state(parameters.at("state").as_string());
        if (visit.states.empty() || visit.states.back() != state) {
            visit.states.push_back(state);
            visit.entered.push_back(visit.seconds);
        }
        if (const auto* hint = parameters.if_contains("hint"); hint != nullptr && hint->is_object()) {
            visit.hints.emplace_back(hint->at("word").as_string());
        }
        if (state == wanted && state != "concluded")
            return parameters;
        if (state != "concluded")
            continue;
        visit.decision = parameters.at("verdict").at("decision").as_string();
        visit.reason = parameters.at("verdict").at("reason").at("word").as_string();
        if (const auto* result = parameters.if_contains("result"))
            visit.result = result->as_string();
        break;
    }
    return {};
}

json::object Desk::status() {
    Caller caller(socket());
    return caller.call("org.kaomon.Device.Watch").at("parameters").at("status").as_object();
}

} // namespace kaomon::test
