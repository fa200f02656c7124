// Any bytes as lines of an audit record, as its end, and as a head: nothing is accepted that this program
// would not have written itself, and the record goes on behind whatever is there.
#include "daemon/audit/examination.hpp"
#include "daemon/audit/tail.hpp"

#include <cstddef>
#include <cstdlib>

namespace {

using namespace kaomon::audit;

// As if every head were signed by us: what is behind the signature is a stranger's, too.
kaomon::Result<std::string> as_it_is(std::string_view jws) {
    return std::string(jws);
}

void examine_lines(std::string_view text) {
    Examination examination({.sign = {}, .check = as_it_is},
                            {.heads = {{3, std::string(hash_digits, 'a'), 1}}});
    examination.begin_file("fuzz");
    Chain chain;
    bool sound = true;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        examination.take(line);
        const auto parts = take_apart(line);
        sound = sound && parts && chain.fit(*parts) == Misfit::none;
        if (parts && chain.fit(*parts) == Misfit::none && parts->number <= chain.count())
            std::abort();
        if (parts)
            chain.go_on_behind(*parts);
        if (end == text.npos)
            break;
        text.remove_prefix(end + 1);
    }
    const auto report = examination.finish(std::optional<Head>());
    if (!sound && report.found == 0)
        std::abort();
}

void go_on(std::string_view text) {
    for (const bool begins : {true, false}) {
        const Tail tail = tail_of(text, begins);
        if (tail.whole_bytes + tail.torn.size() != text.size())
            std::abort();
        // our own next line fits, and only once
        Chain chain = tail.chain;
        const std::string own = chain.next_line("\"time\":1");
        const auto parts = take_apart({own.data(), own.size() - 1});
        if (!parts || chain.fit(*parts) != Misfit::none)
            std::abort();
        chain.go_on_behind(*parts);
        if (chain.fit(*parts) == Misfit::none)
            std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    examine_lines(text);
    go_on(text);
    if (const auto head = head_from_json(text); head && to_json(*head) != text)
        std::abort();
    return 0;
}
