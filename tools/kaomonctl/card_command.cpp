// kaomonctl card trace: what goes to and fro between the driver and the card on the reader, in words.
#include "daemon/wiring/reader.hpp"
#include "drivers/card/mynumber/face_reading.hpp"
#include "drivers/card/trace/tracing_reader.hpp"
#include "tools/cardtrace/recording.hpp"
#include "tools/cardtrace/words.hpp"
#include "tools/command/secret_input.hpp"
#include "tools/kaomonctl/commands.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <memory>

namespace kaomon::kaomonctl {
namespace {

namespace mynumber = card::mynumber;
namespace trace = card::trace;

constexpr std::uint8_t min_tries = 6; // the default of kaomond.toml

struct TraceOptions {
    std::string reader;      // part of its PC/SC name
    std::string replay;      // a recording; no reader is used
    std::string record;      // where to write one
    std::string number_from; // file with the 14 digits; empty: nothing that needs a try
    int wait = 30;           // seconds for the card to be put down
};

void show(const Common& common, cardtrace::Interpreter& interpreter, const trace::Line& line) {
    const Text asked = interpreter.command(line), ended = cardtrace::status(line);
    const auto* status = std::get_if<card::StatusWord>(&line.end);
    const std::string code = status != nullptr ? fmt::format("{:04X}", status->value)
                                               : std::string(word(std::get<Reason>(line.end)));
    const Language language = common.language();
    if (common.json) {
        print_json({{"at_us", line.at.count()},
                    {"took_us", line.took.count()},
                    {"command", {{"ja", asked.ja}, {"en", asked.en}}},
                    {"answer_bytes", line.answer_bytes},
                    {"status", code},
                    {"meaning", {{"ja", ended.ja}, {"en", ended.en}}},
                    {"line", trace::print(line)}});
        return;
    }
    const auto bytes = [](std::size_t count) {
        return count == 0 ? std::string("-") : fmt::format("{} B", count);
    };
    const auto& h = line.header;
    print_line(fmt::format("{:9.3f} {:8.3f}  {:02X} {:02X} {:02X} {:02X} {:>6} {:>6}  {:<4}  {} → {}",
                           static_cast<double>(line.at.count()) / 1000,
                           static_cast<double>(line.took.count()) / 1000, h[0], h[1], h[2], h[3],
                           bytes(line.data_bytes), bytes(line.answer_bytes), code, say(language, asked),
                           say(language, ended)));
}

// Over the columns. The bytes sent and answered are counted, never shown; a file's or application's
// identifier is in the words.
void show_heading(const Common& common) {
    if (!common.json)
        print_line(say(common.language(), "  時刻ms   所要ms  命令          送信   応答  状態  内容",
                       "  time ms  took ms  command       sent answer  status, and in words"));
}

int replay(const Common& common, const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return usage(common, file + ": cannot be read");
    std::string text(cardtrace::largest_recording + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    const auto recording = cardtrace::parse(text);
    if (!recording)
        return failed(common, recording.error());
    cardtrace::Interpreter interpreter;
    show_heading(common);
    for (const trace::Line& line : recording->lines)
        show(common, interpreter, line);
    return exit_ok;
}

// As the daemon reads a card: the free data, and with a number the photograph's record too. One try at most,
// guarded.
Result<void> read_card(card::CardTransaction& card, const std::optional<SecretText>& number, Date today) {
    if (!number) {
        const auto free_data = mynumber::read_free_data(card, today);
        return free_data ? Result<void>() : std::unexpected(free_data.error());
    }
    mynumber::Guard guard(min_tries);
    const auto face = mynumber::read_face(card, {.number = number, .era_year = {}, .security_code = {}},
                                          guard, mynumber::IdempotencyKey{1}, {}, today);
    return face ? Result<void>() : std::unexpected(face.error());
}

int live(const Common& common, const TraceOptions& options) {
    const Language language = common.language();
    std::optional<SecretText> number;
    if (!options.number_from.empty()) {
        auto read = read_secret(options.number_from);
        if (!read)
            return usage(common, read.error());
        number = std::move(*read);
    }
    cardtrace::Recording recording{.on = today_in_japan(), .reader = {}, .lines = {}};
    cardtrace::Interpreter interpreter;
    const auto reader = trace::make_tracing_reader(wiring::make_reader({.reader = options.reader}),
                                                   [&](const trace::Line& line) {
                                                       recording.lines.push_back(line);
                                                       show(common, interpreter, line);
                                                   });
    const Instant until = SteadyClock::now() + std::chrono::seconds(options.wait);
    card::ReaderState state = reader->wait({}, SteadyClock::now());
    if (state.condition == card::ReaderCondition::no_card && !common.json)
        print_line(std::string(say(language, "カードを置いてください: ", "put a card on ")) + state.reader);
    while (state.condition != card::ReaderCondition::card_present && SteadyClock::now() < until)
        state = reader->wait(state, until);
    if (state.condition != card::ReaderCondition::card_present)
        return failed(common, trouble_of({card::reason_of(state.condition), state.reader}));
    recording.reader = state.reader;

    show_heading(common);
    auto card = reader->open();
    const auto done = card ? read_card(**card, number, recording.on) : std::unexpected(card.error());
    if (card)
        card->reset(); // before anything else is done: the card is reset
    if (!options.record.empty() &&
        !(std::ofstream(options.record, std::ios::binary) << cardtrace::print(recording)))
        return usage(common, options.record + ": cannot be written");
    if (!done)
        return failed(common, trouble_of(done.error()));
    return exit_ok;
}

} // namespace

void add_card(Commands& commands) {
    const auto options = std::make_shared<TraceOptions>();
    CLI::App* group = commands.add_group("card", "look at a card as the daemon does");
    CLI::App* sub = commands.add(
        "trace", "every exchange with the card on the reader, in words; never what was typed or answered",
        [&common = commands.common, options] {
            return options->replay.empty() ? live(common, *options) : replay(common, options->replay);
        },
        group);
    auto* replay_option =
        sub->add_option("--replay", options->replay, "show a recording instead of using a reader");
    sub->add_option("--record", options->record, "write a recording")->excludes(replay_option);
    sub->add_option("--reader", options->reader, "part of the reader's name (default: the one with a card)");
    sub->add_option("--number-from", options->number_from,
                    "file with the 14 digits of verification number B, or -: reads the photograph's record "
                    "too, and may "
                    "cost one of the card's ten tries")
        ->excludes(replay_option);
    sub->add_option("--wait", options->wait, "seconds until a card must be there")
        ->check(CLI::Range(0, 600))
        ->capture_default_str();
}

} // namespace kaomon::kaomonctl
