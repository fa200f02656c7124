#include "drivers/card/simulated/store_toml.hpp"

#include "drivers/base/toml_screen.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <sstream>

namespace kaomon::card::simulated {
namespace {

constexpr std::size_t most_files = 64, most_applications = 16; // of a card, of an application

constexpr std::array file_kinds{std::pair{FileKind::binary, std::string_view("binary")},
                                std::pair{FileKind::records, std::string_view("records")},
                                std::pair{FileKind::secret, std::string_view("secret")},
                                std::pair{FileKind::key, std::string_view("key")}};

std::string id_text(std::uint16_t id) {
    return to_hex(std::array{static_cast<std::uint8_t>(id >> 8), static_cast<std::uint8_t>(id & 0xFF)});
}

std::optional<std::uint16_t> id_of(std::string_view text) {
    std::uint16_t id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id, 16);
    if (text.size() != 4 || error != std::errc() || end != text.data() + 4)
        return std::nullopt;
    return id;
}

std::optional<Bytes> bytes_of_hex(std::string_view hex) {
    Bytes bytes(hex.size() / 2);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto [end, error] = std::from_chars(hex.data() + 2 * i, hex.data() + 2 * i + 2, bytes[i], 16);
        if (error != std::errc() || end != hex.data() + 2 * i + 2)
            return std::nullopt;
    }
    if (hex.size() % 2 != 0)
        return std::nullopt;
    return bytes;
}

struct Bad {
    const char* what;
};

template<class T>
T need(const std::optional<T>& value, const char* what) {
    if (!value)
        throw Bad{what};
    return *value;
}

File file_from(const toml::table& table) {
    File file;
    file.id = need(id_of(table["id"].value_or(std::string_view())), "a file's id is four hexadecimal digits");
    const std::string_view kind = table["kind"].value_or(std::string_view());
    const auto known = std::ranges::find(file_kinds, kind, &std::pair<FileKind, std::string_view>::second);
    if (known == file_kinds.end())
        throw Bad{"a file's kind is binary, records, secret or key"};
    file.kind = known->first;
    if (const auto* secrets = table["opened_by"].as_array()) {
        for (const auto& secret : *secrets) {
            file.opened_by.push_back(
                need(id_of(secret.value_or(std::string_view())), "opened_by holds file ids"));
        }
    }
    const auto most = table["tries"].value_or(std::int64_t{0});
    if (most < 0 || most > 15 || (file.kind == FileKind::secret && most == 0))
        throw Bad{"tries are 1 to 15"};
    file.most_tries = static_cast<std::uint8_t>(most);
    return file;
}

Application application_from(const toml::table& table) {
    Application application;
    application.name = table["name"].value_or(std::string());
    const bool plain = std::ranges::all_of( // it is part of a file's name
        application.name, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
    if (application.name.empty() || !plain)
        throw Bad{"an application's name is of a-z and 0-9"};
    application.aid =
        need(bytes_of_hex(table["aid"].value_or(std::string_view())), "an application's aid is hexadecimal");
    application.own_key =
        need(id_of(table["own_key"].value_or(std::string_view("0000"))), "own_key is a file id");
    if (const auto* files = table["file"].as_array()) {
        if (files->size() > most_files)
            throw Bad{"too many files"};
        for (const auto& entry : *files) {
            if (const auto* file = entry.as_table())
                application.files.push_back(file_from(*file));
        }
    }
    return application;
}

template<class Work>
auto read(std::string_view toml, std::string_view name, Work work) -> Result<decltype(work(toml::table()))> {
    if (const auto flaw = screen_toml(toml)) {
        return fail(Reason::config_invalid,
                    std::string(name) + ":" + std::to_string(flaw->line) + ": " + flaw->text);
    }
    try {
        return work(toml::parse(toml));
    } catch (const toml::parse_error& error) {
        return fail(Reason::config_invalid, std::string(name) + ":" +
                                                std::to_string(error.source().begin.line) + ": " +
                                                std::string(error.description()));
    } catch (const Bad& bad) {
        return fail(Reason::config_invalid, std::string(name) + ": " + bad.what);
    }
}

} // namespace

std::string file_label(const Application& application, const File& file) {
    return application.name + "-" + id_text(file.id);
}

std::string card_as_toml(const Contents& contents) {
    std::ostringstream out;
    out << "# A SIMULATED My Number Card, made by kaomon-simcard. Contents and secrets are in files/.\n"
        << "medium = \"" << contents.medium << "\"\nexpiry = \"" << contents.expiry << "\"\nforged = \""
        << contents.forged << "\"\nkind = \"" << contents.kind << "\"\ngeneration = \"" << contents.generation
        << "\"\natr = \"" << to_hex(contents.atr) << "\"\n";
    for (const DataObject& object : contents.data_objects) {
        out << "\n[[data]]\ntag = \"" << id_text(object.tag) << "\"\nvalue = \"" << to_hex(object.value)
            << "\"\n";
    }
    for (const Application& application : contents.applications) {
        out << "\n[[application]]\nname = \"" << application.name << "\"\naid = \"" << to_hex(application.aid)
            << "\"\nown_key = \"" << id_text(application.own_key) << "\"\n";
        for (const File& file : application.files) {
            const auto kind =
                std::ranges::find(file_kinds, file.kind, &std::pair<FileKind, std::string_view>::first);
            out << "[[application.file]]\nid = \"" << id_text(file.id) << "\"\nkind = \"" << kind->second
                << "\"\n";
            if (file.kind == FileKind::secret)
                out << "tries = " << int{file.most_tries} << "\n";
            if (file.opened_by.empty())
                continue;
            out << "opened_by = [";
            for (const std::uint16_t secret : file.opened_by)
                out << "\"" << id_text(secret) << "\", ";
            out << "]\n";
        }
    }
    return out.str();
}

std::string tries_as_toml(const Contents& contents) {
    std::ostringstream out;
    for (const Application& application : contents.applications) {
        for (const File& file : application.files) {
            if (file.kind == FileKind::secret)
                out << file_label(application, file) << " = " << int{file.tries_left} << "\n";
        }
    }
    return out.str();
}

Result<Contents> card_from_toml(std::string_view toml, std::string_view name) {
    return read(toml, name, [](const toml::table& table) {
        Contents contents;
        contents.medium = table["medium"].value_or(std::string());
        contents.expiry = table["expiry"].value_or(std::string());
        contents.forged = table["forged"].value_or(std::string());
        contents.kind = table["kind"].value_or(std::string());
        contents.generation = table["generation"].value_or(std::string());
        contents.atr = need(bytes_of_hex(table["atr"].value_or(std::string_view())), "atr is hexadecimal");
        if (const auto* objects = table["data"].as_array()) {
            for (const auto& entry : *objects) {
                const auto* object = entry.as_table();
                if (object == nullptr)
                    throw Bad{"data is a list of tables"};
                contents.data_objects.push_back(
                    {need(id_of((*object)["tag"].value_or(std::string_view())),
                          "a tag is four hexadecimal digits"),
                     need(bytes_of_hex((*object)["value"].value_or(std::string_view())),
                          "a value is hexadecimal")});
            }
        }
        const auto* applications = table["application"].as_array();
        if (applications == nullptr || applications->size() > most_applications)
            throw Bad{"no applications, or too many"};
        for (const auto& entry : *applications) {
            if (const auto* application = entry.as_table())
                contents.applications.push_back(application_from(*application));
        }
        return contents;
    });
}

Result<void> take_tries(Contents& contents, std::string_view toml, std::string_view name) {
    const auto taken = read(toml, name, [&](const toml::table& table) {
        for (Application& application : contents.applications) {
            for (File& file : application.files) {
                if (file.kind != FileKind::secret)
                    continue;
                const auto left = table[file_label(application, file)].value_or(std::int64_t{-1});
                if (left < 0 || left > file.most_tries)
                    throw Bad{"tries missing or out of range"};
                file.tries_left = static_cast<std::uint8_t>(left);
            }
        }
        return true;
    });
    if (!taken)
        return std::unexpected(taken.error());
    return {};
}

} // namespace kaomon::card::simulated
