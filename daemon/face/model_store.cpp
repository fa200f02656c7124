// OpenSSL stands here for SHA-256 alone: models are no secret and carry no signature.
#include "daemon/face/model_store.hpp"

#include "drivers/base/toml_screen.hpp"

#include <openssl/evp.h>
#include <toml++/toml.h>

#include <array>
#include <fstream>
#include <optional>
#include <system_error>

namespace kaomon::face {
namespace {

constexpr std::uintmax_t manifest_limit = std::uintmax_t{64} * 1024;     // ours has 4 kB
constexpr std::uintmax_t model_limit = std::uintmax_t{64} * 1024 * 1024; // the largest we ship has 11 MB

Result<Bytes> read(const std::filesystem::path& path, std::uintmax_t limit) {
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (error)
        return fail(Reason::model_missing, path.filename().string() + ": " + error.message());
    if (size > limit)
        return fail(Reason::model_refused, path.filename().string() + " is too large");
    Bytes bytes(size);
    std::ifstream file(path, std::ios::binary);
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
    if (!file)
        return fail(Reason::model_missing, path.filename().string() + " cannot be read");
    return bytes;
}

std::string sha256(ByteView bytes) {
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1)
        return {};
    return to_hex(ByteView(digest.data(), length));
}

Result<Model> load(const std::filesystem::path& folder, const toml::table& entry) {
    const auto text = [&](std::string_view key) { return entry[key].value_or(std::string()); };
    Model model{{.name = text("name"), .sha256 = text("sha256"), .licence = text("licence")}, {}};
    const std::filesystem::path file = text("file");
    if (model.info.name.empty() || model.info.licence.empty() || model.info.sha256.size() != 64 ||
        file.empty() || file != file.filename()) {
        return fail(Reason::model_refused,
                    "an entry of the model manifest lacks name, file, sha256 or licence");
    }
    auto bytes = read(folder / file, model_limit);
    if (!bytes)
        return std::unexpected(std::move(bytes.error()));
    if (sha256(*bytes) != model.info.sha256) {
        return fail(Reason::model_refused, file.string() + " has another digest than the manifest says");
    }
    model.file = std::move(*bytes);
    return model;
}

} // namespace

Result<ModelStore> ModelStore::open(const std::filesystem::path& folder) {
    const auto manifest = read(folder / "manifest.toml", manifest_limit);
    if (!manifest)
        return std::unexpected(manifest.error());
    const std::string_view text(reinterpret_cast<const char*>(manifest->data()), manifest->size());
    if (const auto flaw = screen_toml(text))
        return fail(Reason::model_refused,
                    "model manifest, line " + std::to_string(flaw->line) + ": " + flaw->text);
    toml::table parsed;
    try {
        parsed = toml::parse(text);
    } catch (const toml::parse_error&) {
        return fail(Reason::model_refused, "the model manifest is not TOML");
    }
    const toml::array* entries = parsed["model"].as_array();
    if (!entries)
        return fail(Reason::model_refused, "the model manifest names no model");

    ModelStore store;
    for (const auto& entry : *entries) {
        if (!entry.is_table())
            return fail(Reason::model_refused, "an entry of the model manifest is no table");
        auto model = load(folder, *entry.as_table());
        if (!model)
            return std::unexpected(std::move(model.error()));
        store.models_.push_back(std::move(*model));
    }
    return store;
}

Result<const Model*> ModelStore::find(std::string_view name) const {
    for (const Model& model : models_) {
        if (model.info.name == name)
            return &model;
    }
    return fail(Reason::model_missing, "the model manifest has no entry " + std::string(name));
}

std::vector<ModelInfo> ModelStore::infos() const {
    std::vector<ModelInfo> infos;
    infos.reserve(models_.size());
    for (const Model& model : models_)
        infos.push_back(model.info);
    return infos;
}

} // namespace kaomon::face
