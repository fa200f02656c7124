// What an interrupted evaluation had acquired: templates on disk, only where a person asked for it.
#pragma once

#include "drivers/base/append_file.hpp"
#include "tools/evaluate/acquisition.hpp"

#include <mutex>
#include <string_view>
#include <unordered_map>

namespace kaomon::evaluate {

// Biometric: mode 0600, no name or path of an image, found by the digest of an image's file. Thread-safe.
class TemplateFile {
  public:
    // Made when it does not exist; one evaluation at a time. What was written half (an interrupted run) is
    // cut off. `device`: one word for all that a template hangs on; the templates of another one are refused.
    // Trouble: resume_unusable.
    static Outcome<std::unique_ptr<TemplateFile>> open(const std::filesystem::path& file,
                                                       std::string_view device);

    // `image`: SHA-256 of its file, 64 hexadecimal characters.
    std::optional<Sample> find(const std::string& image) const;
    void add(const std::string& image, const Sample& sample);

  private:
    explicit TemplateFile(AppendFile file) : file_(std::move(file)) {}
    mutable std::mutex lock_;
    AppendFile file_;
    std::unordered_map<std::string, Sample> samples_;
};

// The records of such a file, without its first line: pure, for TemplateFile and its fuzz target. `read` is
// called for each whole and sound record. Returns how many bytes they take. Reentrant.
std::size_t read_records(ByteView records, const std::function<void(std::string image, Sample sample)>& read);
// One record. Reentrant.
SecretBytes write_record(std::string_view image, const Sample& sample);

} // namespace kaomon::evaluate
