#include "tools/evaluate/template_file.hpp"

#include "tools/evaluate/picture.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace kaomon::evaluate {
namespace {

// A record as it lies in memory: the file stays on the machine that wrote it.
struct Half {
    std::uint8_t outcome = 0; // index into outcomes; one beyond them: a view
    face::TemplateValues face{};
    face::Quality quality{};
};
struct Record {
    std::array<char, 64> image{};
    std::uint8_t has_card = 0;
    Half live, card;
};
static_assert(std::is_trivially_copyable_v<Record>);

// What can come of looking at an image that could be read.
constexpr std::array outcomes{Reason::no_face, Reason::several_faces, Reason::face_unclear,
                              Reason::photo_without_face};

constexpr std::size_t largest_file = 2U << 30; // bytes: a million images

std::string first_line(std::string_view device) {
    return "kaomon templates 2 " + std::string(device) + " " + std::to_string(sizeof(Record)) + "\n";
}

std::optional<Half> half_of(const Result<View>& side) {
    Half half;
    if (side) {
        half.outcome = outcomes.size();
        half.face = side->face.get();
        half.quality = side->quality;
        return half;
    }
    const auto found = std::ranges::find(outcomes, side.error().reason);
    if (found == outcomes.end())
        return std::nullopt; // a fault of this run, not of the image: looked at again the next time
    half.outcome = static_cast<std::uint8_t>(found - outcomes.begin());
    return half;
}

bool sound(const Half& half) {
    if (half.outcome != outcomes.size())
        return half.outcome < outcomes.size();
    double squares = 0;
    for (const float value : half.face.unit)
        squares += static_cast<double>(value) * static_cast<double>(value);
    return std::abs(squares - 1) < 1e-3 && std::isfinite(half.face.norm);
}

Result<View> side_of(const Half& half) {
    if (half.outcome < outcomes.size())
        return fail(outcomes[half.outcome]);
    return View{face::Template(half.face), half.quality};
}

} // namespace

std::size_t read_records(ByteView records, const std::function<void(std::string, Sample)>& read) {
    std::size_t at = 0;
    for (; records.size() - at >= sizeof(Record); at += sizeof(Record)) {
        Secret<Record> copy;
        Record& record = copy.get();
        std::memcpy(&record, records.data() + at, sizeof record);
        if (!sound(record.live) || record.has_card > 1 || (record.has_card == 1 && !sound(record.card)))
            return at;
        Sample sample;
        sample.live = side_of(record.live);
        if (record.has_card == 1)
            sample.card = side_of(record.card);
        read(std::string(record.image.data(), record.image.size()), std::move(sample));
    }
    return at;
}

SecretBytes write_record(std::string_view image, const Sample& sample) {
    Secret<Record> made;
    Record& record = made.get();
    std::copy_n(image.begin(), std::min(image.size(), record.image.size()), record.image.begin());
    const auto live = half_of(sample.live);
    const auto card = sample.card ? half_of(*sample.card) : std::nullopt;
    if (!live || (sample.card && !card))
        return {};
    record.live = *live;
    record.has_card = card ? 1 : 0;
    record.card = card.value_or(Half{});
    SecretBytes bytes(sizeof record);
    std::memcpy(bytes.data(), &record, sizeof record);
    return bytes;
}

Outcome<std::unique_ptr<TemplateFile>> TemplateFile::open(const std::filesystem::path& path,
                                                          std::string_view device) {
    const auto refuse = [](const char* ja, const char* en) {
        return trouble(exit_usage, "resume_unusable", {ja, en},
                       {"--resume に別のファイル名を指定してください。", "name another file with --resume"});
    };
    constexpr auto reason = Reason::config_invalid; // said in words of our own
    auto opened = AppendFile::open(path, {reason, reason}, Synced::no);
    if (!opened)
        return refuse("--resume のファイルを開けません。", "the file of --resume cannot be opened");
    std::unique_ptr<TemplateFile> file(new TemplateFile(std::move(*opened)));
    struct stat status{};
    if (fstat(file->file_.descriptor(), &status) != 0 || (status.st_mode & 077) != 0)
        return refuse("--resume のファイルを他人が読めます（0600 が必要です）。",
                      "others may read the file of --resume: it must have mode 0600");
    const std::string head = first_line(device);
    if (file->file_.size() == 0) {
        if (!file->file_.append(head))
            return refuse("--resume のファイルに書けません。", "the file of --resume cannot be written");
        return file;
    }
    SecretBytes bytes(std::min(static_cast<std::size_t>(file->file_.size()), largest_file));
    std::size_t filled = 0;
    while (filled < bytes.size()) {
        const ssize_t got = read(file->file_.descriptor(), bytes.data() + filled, bytes.size() - filled);
        if (got <= 0)
            return refuse("--resume のファイルを読めません。", "the file of --resume cannot be read");
        filled += static_cast<std::size_t>(got);
    }
    if (filled < head.size() || !std::equal(head.begin(), head.end(), bytes.begin()))
        return refuse("--resume のファイルは別のモデルまたは別のプログラムのものです。",
                      "the file of --resume is of other models or of another build of kaomonctl");
    const std::size_t whole =
        head.size() +
        read_records(ByteView(bytes).subspan(head.size()), [&](std::string image, Sample sample) {
            file->samples_.insert_or_assign(std::move(image), std::move(sample));
        });
    if (!file->file_.cut_to(whole))
        return refuse("--resume のファイルに書けません。", "the file of --resume cannot be written");
    return file;
}

std::optional<Sample> TemplateFile::find(const std::string& image) const {
    const std::lock_guard lock(lock_);
    const auto found = samples_.find(image);
    return found == samples_.end() ? std::nullopt : std::optional(found->second);
}

void TemplateFile::add(const std::string& image, const Sample& sample) {
    const SecretBytes record = write_record(image, sample);
    const std::lock_guard lock(lock_);
    // A full disk costs nothing but the comfort: the run goes on, the next one looks again.
    if (!record.empty() && file_.append({reinterpret_cast<const char*>(record.data()), record.size()}))
        samples_.insert_or_assign(image, sample);
}

} // namespace kaomon::evaluate
