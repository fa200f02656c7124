#include "daemon/audit/log.hpp"

#include "daemon/audit/lines.hpp"
#include "drivers/base/append_file.hpp"

#include <fcntl.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace kaomon::audit {
namespace {

constexpr AppendFile::Reasons reasons{Reason::audit_unwritable, Reason::audit_broken};

// A JSON string of plain ASCII: our words and ids are nothing else, and whatever else comes stays one
// harmless line.
std::string json_string(std::string_view text) {
    std::string out = "\"";
    for (const char character : text) {
        const auto code = static_cast<unsigned char>(character);
        if (code < 0x20 || code > 0x7E || code == '"' || code == '\\') {
            constexpr char digits[] = "0123456789abcdef";
            out.append("\\u00").append(1, digits[code >> 4]).append(1, digits[code & 15]);
        } else {
            out.push_back(character);
        }
    }
    return out + '"';
}

std::string members(const Record& record) {
    std::string text = "\"time\":" + std::to_string(record.time);
    for (const auto& [name, value] : {std::pair<const char*, const std::string&>{"session", record.session},
                                      {"caller", record.caller},
                                      {"decision", record.decision},
                                      {"method", record.method},
                                      {"reason", record.reason},
                                      {"signature", record.signature},
                                      {"chip", record.chip},
                                      {"policy", record.policy},
                                      {"result_sha256", record.result_sha256},
                                      {"simulated", record.simulated},
                                      {"staff", record.staff},
                                      {"staff_reason", record.staff_reason},
                                      {"earlier", record.earlier},
                                      {"suspicion", record.suspicion}})
        text.append(",\"").append(name).append("\":").append(json_string(value));
    return text;
}

Failure about(const std::filesystem::path& file, Failure failure) {
    failure.detail = file.string() + ": " + failure.detail;
    return failure;
}

Result<void> keep_beside(const std::filesystem::path& file, const std::string& torn) {
    auto beside = AppendFile::open(file.string() + ".torn", reasons);
    return beside ? beside->append(torn + '\n') : std::unexpected(beside.error());
}

} // namespace

struct Log::Impl {
    AppendFile file;
    Chain chain;

    Result<void> append_line(std::string_view line_members) {
        const std::string line = chain.next_line(line_members);
        Chain continued = chain;
        if (!continued.accept({line.data(), line.size() - 1})) // the one way our own line does not fit
            return fail(Reason::audit_unwritable, "the record is too long");
        if (auto written = file.append(line); !written)
            return written;
        chain = std::move(continued);
        return {};
    }
};

Log::Log(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Log::Log(Log&&) noexcept = default;
Log& Log::operator=(Log&&) noexcept = default;
Log::~Log() = default;

Result<Log> Log::open(const std::filesystem::path& file) {
    auto opened = AppendFile::open(file, reasons);
    if (!opened)
        return std::unexpected(opened.error());
    auto lines = read_lines(opened->descriptor());
    if (!lines)
        return std::unexpected(about(file, lines.error()));
    auto impl = std::make_unique<Impl>(std::move(*opened), std::move(lines->chain));
    if (!lines->torn.empty()) {
        auto done = keep_beside(file, lines->torn);
        if (done)
            done = impl->file.cut_to(lines->whole_bytes);
        if (done)
            done = impl->append_line(R"("event":"torn_line","bytes":)" + std::to_string(lines->torn.size()));
        if (!done)
            return std::unexpected(done.error());
    }
    return Log(std::move(impl));
}

Result<void> Log::append(const Record& record) {
    return impl_->append_line(members(record));
}

Result<std::uint64_t> verify(const std::filesystem::path& file) {
    const UniqueFd opened(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    if (!opened)
        return fail(Reason::audit_unwritable, file.string() + ": cannot be read: " + std::strerror(errno));
    const auto lines = read_lines(opened.get());
    if (!lines)
        return std::unexpected(about(file, lines.error()));
    if (!lines->torn.empty())
        return fail(Reason::audit_broken,
                    file.string() + ": line " + std::to_string(lines->chain.count() + 1) + ": half a line");
    return lines->chain.count();
}

} // namespace kaomon::audit
