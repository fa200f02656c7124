// What a comment or a page refers to is in the tree: files, and the sections of drivers/card/SPEC.md.
#include <gtest/gtest.h>

#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path root = KAOMON_SOURCE_DIR;

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Sources, scripts and pages; not models, corpora and what is built.
const std::vector<fs::path>& texts() {
    static const auto all = [] {
        const std::set<std::string> kinds{".cpp", ".hpp", ".c",       ".h",    ".md",  ".py",
                                          ".inc", ".in",  ".varlink", ".toml", ".txt", ".service"};
        std::vector<fs::path> found;
        const auto take = [&](const fs::path& file) {
            if (kinds.contains(file.extension().string()))
                found.push_back(file);
        };
        for (const auto& entry : fs::directory_iterator(root))
            take(entry.path());
        for (const char* top : {"proto", "drivers", "daemon", "tools", "tests", "packaging"}) {
            for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
                if (!entry.path().string().contains("/fuzz/corpus/"))
                    take(entry.path());
            }
        }
        return found;
    }();
    return all;
}

bool is_of_a_path(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '/' || c == '-';
}

// "4" or "5.3" at the beginning of `text`.
std::string number_at(std::string_view text) {
    return std::string(text.substr(0, text.find_first_not_of("0123456789.")));
}

// The numbers of "§4, §5.3 and §6" at the beginning of `text`, comments' line breaks between them or not.
std::vector<std::string> sections_at(std::string_view text) {
    constexpr std::string_view mark = "§";
    std::vector<std::string> found;
    while (true) {
        std::size_t skip = text.find_first_not_of(" \n/#*)],");
        if (skip == std::string_view::npos)
            return found;
        text.remove_prefix(skip);
        for (const std::string_view word : {"and ", "to "})
            if (!found.empty() && text.starts_with(word))
                text.remove_prefix(word.size());
        if (!text.starts_with(mark))
            return found;
        text.remove_prefix(mark.size());
        std::string number = number_at(text);
        text.remove_prefix(number.size());
        if (number.ends_with('.')) // of the sentence
            number.pop_back();
        found.push_back(std::move(number));
    }
}

const fs::path specification = root / "drivers/card/SPEC.md";

bool is_here(const fs::path& file) {
    return file.filename() == "citations_test.cpp";
}

TEST(Citations, APageThatIsReferredToIsInTheTree) {
    int seen = 0;
    for (const fs::path& file : texts()) {
        const std::string text = is_here(file) ? std::string() : text_of(file);
        for (std::size_t at = text.find(".md"); at != std::string::npos; at = text.find(".md", at + 1)) {
            std::size_t begin = at;
            while (begin > 0 && is_of_a_path(text[begin - 1]))
                --begin;
            if (begin == at ||
                (at + 3 < text.size() && std::isalnum(static_cast<unsigned char>(text[at + 3])) != 0))
                continue; // a suffix alone, or another one
            const std::string name = text.substr(begin, at + 3 - begin);
            ++seen;
            if (!name.starts_with('/')) { // an installed one, in a manual
                EXPECT_TRUE(fs::exists(root / name) || fs::exists(file.parent_path() / name))
                    << file << ": " << name;
            }
        }
    }
    EXPECT_GT(seen, 50);
}

TEST(Citations, ASectionOfTheSpecificationIsThere) {
    std::set<std::string> sections;
    std::ifstream lines(specification);
    for (std::string line; std::getline(lines, line);) {
        const std::size_t title = line.starts_with('#') ? line.find_first_not_of('#') : std::string::npos;
        if (title == std::string::npos)
            continue;
        const std::string number = number_at(std::string_view(line).substr(title + 1));
        if (!number.empty()) {
            EXPECT_TRUE(sections.insert(number).second) << "twice: " << number;
        }
    }
    EXPECT_GT(sections.size(), 20U);

    int seen = 0;
    for (const fs::path& file : texts()) {
        const std::string text = is_here(file) ? std::string() : text_of(file);
        const std::string_view word = file == specification ? "§" : "SPEC.md";
        for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
            const auto cited =
                sections_at(std::string_view(text).substr(file == specification ? at : at + word.size()));
            EXPECT_FALSE(cited.empty() && file.extension() != ".md") << file << " cites it without a section";
            for (const std::string& number : cited) {
                ++seen;
                EXPECT_TRUE(sections.contains(number)) << file << ": §" << number;
            }
        }
    }
    EXPECT_GT(seen, 50);
}

} // namespace
