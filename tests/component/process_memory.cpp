#include "tests/component/process_memory.hpp"

#include "drivers/base/unique_fd.hpp"

#include <elf.h>
#include <fcntl.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>

namespace kaomon::test {
namespace {

constexpr std::uint64_t largest = std::uint64_t{1}
                                  << 31; // bytes of a mapping; larger ones are reserved, not used
#ifdef __SANITIZE_ADDRESS__
// AddressSanitizer's own books about every eighth byte; reading them all would take minutes.
constexpr std::uint64_t shadow_start = 0x7fff7000, shadow_end = 0x10007fff8000;
#else
constexpr std::uint64_t shadow_start = 0, shadow_end = 0;
#endif

constexpr std::uint64_t hash_factor = 0x9E3779B97F4A7C15; // 2^64 over the golden ratio

struct Mapping {
    std::uint64_t start, end;
    std::string name;
};

std::vector<Mapping> writable_mappings(pid_t process) {
    std::vector<Mapping> mappings;
    std::ifstream maps("/proc/" + std::to_string(process) + "/maps");
    for (std::string line; std::getline(maps, line);) {
        Mapping mapping{};
        char rights[5] = "";
        int name_at = 0;
        if (std::sscanf(line.c_str(), "%" SCNx64 "-%" SCNx64 " %4s %*x %*s %*u %n", &mapping.start,
                        &mapping.end, rights, &name_at) != 3 ||
            rights[0] != 'r' || rights[1] != 'w')
            continue;
        if (mapping.end - mapping.start > largest ||
            (mapping.start >= shadow_start && mapping.end <= shadow_end))
            continue;
        mapping.name = line.substr(std::min(static_cast<std::size_t>(name_at), line.size()));
        if (mapping.name.empty())
            mapping.name = "anonymous";
        mappings.push_back(std::move(mapping));
    }
    return mappings;
}

// General and vector registers, as the kernel lays them out.
std::optional<std::vector<std::uint8_t>> registers_of(pid_t thread) {
    if (ptrace(PTRACE_SEIZE, thread, nullptr, nullptr) != 0)
        return std::nullopt;
    ptrace(PTRACE_INTERRUPT, thread, nullptr, nullptr);
    int status = 0;
    waitpid(thread, &status, __WALL);
    std::vector<std::uint8_t> all;
    for (const int set : {NT_PRSTATUS, NT_X86_XSTATE}) {
        std::vector<std::uint8_t> bytes(16 * 1024);
        iovec room{bytes.data(), bytes.size()};
        if (ptrace(PTRACE_GETREGSET, thread, set, &room) == 0)
            all.insert(all.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(room.iov_len));
    }
    ptrace(PTRACE_DETACH, thread, nullptr, nullptr);
    return all;
}

} // namespace

bool each_region(pid_t process, const std::function<void(const Region&)>& look) {
    const std::string folder = "/proc/" + std::to_string(process);
    const UniqueFd memory(open((folder + "/mem").c_str(), O_RDONLY | O_CLOEXEC));
    if (!memory)
        return false;
    bool seen = false;
    static std::unique_ptr<std::uint8_t[]>
        buffer; // of the largest mapping so far: hundreds of megabytes are not taken anew
    static std::size_t room = 0;
    for (const auto& mapping : writable_mappings(process)) {
        const std::size_t size = mapping.end - mapping.start;
        if (size > room) {
            buffer.reset();
            buffer = std::make_unique_for_overwrite<std::uint8_t[]>(size);
            room = size;
        }
        const ssize_t got = pread(memory.get(), buffer.get(), size, static_cast<off_t>(mapping.start));
        if (got <= 0)
            continue; // gone in between, or a device's
        seen = true;
        look({mapping.name, mapping.start, ByteView(buffer.get(), static_cast<std::size_t>(got))});
    }
    std::error_code gone;
    for (const auto& entry : std::filesystem::directory_iterator(folder + "/task", gone)) {
        const auto thread = static_cast<pid_t>(std::stol(entry.path().filename().string()));
        if (const auto bytes = registers_of(thread))
            look({"registers of thread " + std::to_string(thread), 0, *bytes});
    }
    return seen;
}

std::uint64_t Pieces::head(const std::uint8_t* at) noexcept {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    return word;
}

void Pieces::add(const std::string& kind, ByteView piece) {
    if (piece.size() < shortest)
        return;
    by_head_.emplace(head(piece.data()), pieces_.size());
    const std::uint64_t place = (head(piece.data()) * hash_factor) >> 48;
    filter_[place >> 6] |= std::uint64_t{1} << (place & 63);
    pieces_.push_back({kind, {piece.begin(), piece.end()}});
}

void Pieces::add(const std::string& kind, std::string_view text) {
    add(kind, ByteView(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

// Not slowed down by what the sanitizers would count.
__attribute__((no_sanitize("address", "undefined"))) const std::uint8_t*
Pieces::next_candidate(const std::uint8_t* at, const std::uint8_t* last) const noexcept {
    const std::uint64_t* const filter = filter_.data();
    for (; at <= last; ++at) {
        std::uint64_t here = 0;
        __builtin_memcpy(&here, at, sizeof here);
        const std::uint64_t place = (here * hash_factor) >> 48;
        if ((filter[place >> 6] >> (place & 63) & 1) != 0 && here != 0)
            return at;
    }
    return nullptr;
}

void Pieces::find_in(ByteView bytes, std::string_view name, std::uint64_t start, Finds& finds) const {
    if (bytes.size() < shortest)
        return;
    const std::uint8_t* const last = bytes.data() + bytes.size() - shortest;
    for (const auto* at = next_candidate(bytes.data(), last); at != nullptr;
         at = next_candidate(at + 1, last)) {
        const auto offset = static_cast<std::size_t>(at - bytes.data());
        const auto [first, end] = by_head_.equal_range(head(at));
        for (auto candidate = first; candidate != end; ++candidate) {
            const Piece& piece = pieces_[candidate->second];
            if (piece.bytes.size() > bytes.size() - offset ||
                !std::ranges::equal(piece.bytes, bytes.subspan(offset, piece.bytes.size())))
                continue;
            ++finds.kinds[piece.kind];
            if (finds.where.size() < 4000) {
                char place[40];
                std::snprintf(place, sizeof place, "%" PRIx64, start + offset);
                finds.where += piece.kind + " in " + std::string(name) + " at " + place + "\n";
            }
        }
    }
}

Pieces::Finds Pieces::find_in(pid_t process) const {
    Finds finds;
    if (!each_region(process,
                     [&](const Region& region) { find_in(region.bytes, region.name, region.start, finds); }))
        finds.kinds["the memory of the process could not be read"] = 1;
    return finds;
}

} // namespace kaomon::test
