#include "daemon/gateway/peers.hpp"

#include "daemon/gateway/json_text.hpp"
#include "drivers/base/durable_file.hpp"
#include "drivers/base/log.hpp"
#include "drivers/base/peer_name.hpp"
#include "drivers/base/text_file.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace kaomon::gateway {
namespace {

namespace json = boost::json;

constexpr std::size_t largest_peer = 4096, most_peers = 256;
// A folder changed twice within a tick of the file system's clock has one time for both.
constexpr std::chrono::milliseconds tick{100};

bool is_hex(std::string_view text, std::size_t digits) {
    return text.size() == digits &&
           std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::optional<Time> time_at(const json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    if (value == nullptr || !value->is_int64())
        return std::nullopt;
    return Time(std::chrono::seconds(value->get_int64()));
}

std::optional<PairedPeer> read_peer(const std::filesystem::path& file) {
    const auto text = read_text_file(file, largest_peer);
    if (!text || text->size() > largest_peer)
        return std::nullopt;
    json::error_code error;
    const auto parsed = json::parse(*text, error);
    const auto* object = error ? nullptr : parsed.if_object();
    if (object == nullptr)
        return std::nullopt;
    const auto role = from_word<Role>(text_at(*object, "role"));
    const auto since = time_at(*object, "since"), until = time_at(*object, "until");
    const auto* revoked = object->if_contains("revoked");
    if (!role || !since || !until || revoked == nullptr || !revoked->is_bool())
        return std::nullopt;
    PairedPeer peer{text_at(*object, "name"),   *role,  text_at(*object, "serial"),
                    text_at(*object, "sha256"), *since, *until,
                    revoked->get_bool()};
    if (!may_be_paired_as(peer.name) || !is_hex(peer.serial, 32) || !is_hex(peer.sha256, 64) ||
        file.stem() != peer.serial)
        return std::nullopt;
    return peer;
}

} // namespace

bool may_be_paired_as(std::string_view name) noexcept {
    constexpr std::array<std::string_view, 3> ours{"patient", "staff", "health"};
    return is_peer_name(name) && std::ranges::find(ours, name) == ours.end();
}

Result<std::vector<PairedPeer>> read_peers(const std::filesystem::path& state) {
    std::vector<PairedPeer> found;
    std::error_code error;
    const auto folder = state / "peers";
    for (auto at = std::filesystem::directory_iterator(folder, error);
         !error && at != std::filesystem::directory_iterator(); at.increment(error)) {
        if (at->path().extension() != ".json")
            continue;
        if (auto peer = read_peer(at->path()); peer && found.size() < most_peers)
            found.push_back(std::move(*peer));
        else
            log(LogLevel::warning, "gateway: " + at->path().string() + ": damaged, counts as none");
    }
    if (error && error != std::errc::no_such_file_or_directory)
        return fail(Reason::key_unreadable, folder.string() + ": " + error.message());
    std::ranges::sort(found, [](const PairedPeer& one, const PairedPeer& other) {
        return std::tie(one.name, one.since) < std::tie(other.name, other.since);
    });
    return found;
}

Result<void> write_peer(const std::filesystem::path& state, const PairedPeer& peer) {
    std::error_code error;
    const auto folder = state / "peers";
    std::filesystem::create_directory(folder, error);
    if (error)
        return fail(Reason::key_unreadable, folder.string() + ": " + error.message());
    const json::object object{{"name", peer.name},
                              {"role", word(peer.role)},
                              {"serial", peer.serial},
                              {"sha256", peer.sha256},
                              {"since", peer.since.time_since_epoch().count()},
                              {"until", peer.until.time_since_epoch().count()},
                              {"revoked", peer.revoked}};
    return replace_file(folder / (peer.serial + ".json"), json::serialize(object) + '\n',
                        Reason::key_unreadable, {.mode = 0600, .as_before = true});
}

void Peers::look() {
    std::error_code error;
    const auto changed = std::filesystem::last_write_time(state_ / "peers", error);
    if (!error && changed == seen_)
        return;
    auto found = read_peers(state_);
    peers_ = found ? std::move(*found) : std::vector<PairedPeer>(); // not known is nobody
    const bool settled = !error && std::filesystem::file_time_type::clock::now() - changed > tick;
    seen_ = settled ? changed : std::filesystem::file_time_type::min();
}

const PairedPeer* Peers::find(std::string_view serial, std::string_view sha256, Time now) const {
    const auto found = std::ranges::find(peers_, serial, &PairedPeer::serial);
    if (found == peers_.end() || found->sha256 != sha256 || found->revoked || now >= found->until)
        return nullptr;
    return &*found;
}

} // namespace kaomon::gateway
