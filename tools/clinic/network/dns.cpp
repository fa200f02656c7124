#include "tools/clinic/network/dns.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace kaomon::network::dns {
namespace {

constexpr std::size_t header_size = 12;
constexpr std::size_t longest_label = 63, longest_name = 253;
constexpr std::uint16_t opt = 41, padding = 12, class_internet = 1;
constexpr std::size_t most_records = 64;

void put16(Bytes& bytes, std::size_t value) {
    bytes.push_back(static_cast<std::uint8_t>(value >> 8 & 0xFFU));
    bytes.push_back(static_cast<std::uint8_t>(value & 0xFFU));
}

bool put_name(Bytes& bytes, std::string_view name) {
    if (name != "." && (name.empty() || name.size() > longest_name || name.ends_with("..")))
        return false;
    if (name.ends_with('.'))
        name.remove_suffix(1); // of "." nothing is left: the root
    while (!name.empty()) {
        const auto end = std::min(name.find('.'), name.size());
        if (end == 0 || end > longest_label)
            return false;
        bytes.push_back(static_cast<std::uint8_t>(end));
        bytes.insert(bytes.end(), name.begin(), name.begin() + static_cast<std::ptrdiff_t>(end));
        name.remove_prefix(std::min(end + 1, name.size()));
    }
    bytes.push_back(0);
    return true;
}

struct Reader {
    ByteView bytes;
    std::size_t at = 0;
    bool failed = false;

    std::uint8_t u8() {
        if (at >= bytes.size()) {
            failed = true;
            return 0;
        }
        return bytes[at++];
    }
    std::uint16_t u16() {
        const auto high = u8();
        return static_cast<std::uint16_t>(high << 8 | u8());
    }
    std::uint32_t u32() {
        const auto high = u16();
        return static_cast<std::uint32_t>(high) << 16 | u16();
    }
    void skip(std::size_t count) {
        if (count > bytes.size() - std::min(at, bytes.size()))
            failed = true;
        else
            at += count;
    }
    // In lower case, with dots; pointers (RFC 1035 4.1.4) lead to earlier bytes only, so that it ends.
    std::string name() {
        std::string text;
        std::size_t place = at, limit = at;
        bool jumped = false;
        while (!failed && place < bytes.size()) {
            const std::uint8_t size = bytes[place];
            if (size == 0) {
                if (!jumped)
                    at = place + 1;
                return text;
            }
            if ((size & 0xC0U) == 0xC0U) {
                if (place + 1 >= bytes.size())
                    break;
                const std::size_t target = static_cast<std::size_t>(size & 0x3FU) << 8 | bytes[place + 1];
                if (!jumped)
                    at = place + 2;
                if (target >= limit)
                    break;
                limit = place = target;
                jumped = true;
                continue;
            }
            if (size > longest_label || place + 1 + size > bytes.size() || text.size() + size > longest_name)
                break;
            if (!text.empty())
                text += '.';
            for (std::size_t i = 1; i <= size; ++i) {
                const char c = static_cast<char>(bytes[place + i]);
                text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
            }
            place += 1U + size;
        }
        failed = true;
        return text;
    }
};

std::string lower(std::string_view text) {
    if (text.ends_with('.'))
        text.remove_suffix(1);
    std::string small(text);
    std::ranges::transform(small, small.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return small;
}

} // namespace

Bytes plain_query(std::uint16_t id, std::string_view name, Type type) {
    Bytes bytes;
    put16(bytes, id);
    put16(bytes, 0x0100); // recursion desired
    for (const std::size_t count : {1U, 0U, 0U, 0U})
        put16(bytes, count);
    if (!put_name(bytes, name))
        return {};
    put16(bytes, static_cast<std::size_t>(type));
    put16(bytes, class_internet);
    return bytes;
}

Bytes query(std::uint16_t id, std::string_view name, Type type, std::size_t size) {
    Bytes bytes = plain_query(id, name, type);
    if (bytes.empty())
        return bytes;
    bytes[header_size - 1] = 1; // one additional record: EDNS
    bytes.push_back(0);         // the root's name
    put16(bytes, opt);
    put16(bytes, 1232); // what is taken at most: DNS flag day 2020
    put16(bytes, 0);
    put16(bytes, 0);
    const std::size_t fixed = bytes.size() + 2 + 4; // length of the data, and of one empty option
    if (size <= fixed) {
        put16(bytes, 0);
        return bytes;
    }
    const std::size_t fill = std::min(size, largest_message) - fixed;
    put16(bytes, fill + 4);
    put16(bytes, padding);
    put16(bytes, fill);
    bytes.resize(bytes.size() + fill, 0);
    return bytes;
}

std::optional<Answer> read(ByteView message, std::uint16_t id, std::string_view name, Type type) {
    if (message.size() < header_size || message.size() > 65535)
        return std::nullopt;
    Reader in{message};
    const std::uint16_t answered = in.u16(), flags = in.u16();
    const std::uint16_t questions = in.u16(), answers = in.u16(), authorities = in.u16(),
                        additional = in.u16();
    if (answered != id || (flags & 0x8000U) == 0)
        return std::nullopt;
    Answer answer;
    answer.code = static_cast<int>(flags & 0x0FU);
    answer.cut = (flags & 0x0200U) != 0;
    if ((questions == 0 && answer.code != found) || answer.code == format_error ||
        answer.code == not_implemented)
        return answer; // a server that could not even read the question
    if (questions != 1 || in.name() != lower(name) || in.u16() != static_cast<std::uint16_t>(type) ||
        in.u16() != class_internet || in.failed)
        return std::nullopt;
    for (std::size_t number = 0; number < std::min<std::size_t>(answers, most_records) && !in.failed;
         ++number) {
        in.name();
        const std::uint16_t kind = in.u16(), family = in.u16();
        in.u32();
        const std::uint16_t size = in.u16();
        const std::size_t expected = type == Type::a ? 4 : 16;
        if (!in.failed && kind == static_cast<std::uint16_t>(type) && family == class_internet &&
            size == expected && in.at + size <= message.size()) {
            std::array<char, INET6_ADDRSTRLEN> text{};
            if (inet_ntop(type == Type::a ? AF_INET : AF_INET6, message.data() + in.at, text.data(),
                          text.size()) != nullptr)
                answer.addresses.emplace_back(text.data());
        }
        in.skip(size);
    }
    if (in.failed && !answer.cut)
        return std::nullopt;
    for (int number = 0;
         number < std::min(authorities + additional, static_cast<int>(most_records)) && !in.failed;
         ++number) {
        in.name();
        const bool is_opt = in.u16() == opt && number >= authorities;
        in.u16(); // what the server takes at most
        const auto upper = static_cast<int>(in.u32() >> 24);
        in.skip(in.u16());
        if (!is_opt || in.failed)
            continue;
        answer.edns = true;
        answer.code |= upper << 4;
    }
    return answer; // what is broken behind the answers changes none of them
}

} // namespace kaomon::network::dns
