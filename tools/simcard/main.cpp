// kaomon-simcard: a My Number Card that exists only as a program.
#include "drivers/card/simulated/kind.hpp"
#include "tools/simcard/commands.hpp"

#include <CLI/CLI.hpp>

namespace {

using namespace kaomon::tools::simcard;

constexpr int wrong_usage = 2;

constexpr const char* exit_codes =
    "Exit codes: 0 done, 1 could not be done (the reason is on standard error), 2 wrong "
    "usage.";

constexpr const char* holder_keys =
    "The holder file is TOML; every key may be left out, the defaults are a made-up person:\n"
    "  name = \"見本　花子\"              address = \"東京都千代田区霞が関一丁目一番地\"\n"
    "  birth_date = 1985-05-05           sex = \"female\" (male, not_applicable)\n"
    "  card_expiry = 2035-05-05          (default: the ninth birthday from now on)\n"
    "  security_code = \"2285\"            (default: from the seed)\n"
    "  sign_in_pin = \"1234\"  text_pin = \"4321\"  sign_password = \"KAOMON123\"  municipality = \"13101\"\n"
    "Never put a real person's data into one. ";

constexpr const char* fault_words =
    "Faults, one a line: insert, pull, mute, slow MS, error SW (four hexadecimal digits), unplug, plug, "
    "clear; any "
    "with \"after N\": N more APDUs pass first.\nExample: echo 'pull after 7' > FIFO\n";

const CLI::Validator KindOrList(
    [](const std::string& word) {
        return word == "list" || kaomon::card::simulated::find_kind(word) != nullptr
                   ? std::string()
                   : "no such kind; kaomon-simcard issue --kind list tells them";
    },
    "");

const std::string faces_words = "Every file is of a synthetic person and says that it is a test. Never copy "
                                "one into a live OQS\\face folder.\n"
                                "どのファイルも架空の人のもので、試験用と書いてあります。本物の OQS\\face "
                                "フォルダーには決して置かないでください。\n";
const std::string exit_codes_twice =
    std::string(exit_codes) +
    "\n終了コード: 0 できた、1 できなかった（理由は標準エラー出力）、2 使い方の誤り。";

std::string kinds_in_words() {
    std::string text = "Kinds:\n";
    for (const auto& kind : kaomon::card::simulated::kinds())
        text += "  " + std::string(kind.word) + std::string(23 - kind.word.size(), ' ') +
                std::string(kind.english) + "\n";
    return text;
}

} // namespace

// What is described wrongly throws in every run: NOLINTNEXTLINE(bugprone-exception-escape)
int main(int argc, char** argv) {
    CLI::App app(
        "Issues simulated My Number Cards and serves them to pcscd through its virtual reader (vpcd).\n"
        "Such a card is genuine to nobody but who trusts its own issuer key (trust.toml).");
    app.name("kaomon-simcard");
    app.require_subcommand(1);
    app.footer(exit_codes);

    IssueOptions issue_options;
    auto* issue_command = app.add_subcommand("issue", "Make a card from a portrait: a folder");
    issue_command->add_option("--kind", issue_options.kind, "What to issue; \"list\" tells all kinds")
        ->check(KindOrList)
        ->capture_default_str()
        ->type_name("WORD");
    issue_command
        ->add_option("--portrait", issue_options.portrait, "Photograph, JPEG; default: a picture of nobody")
        ->type_name("FILE.jpg");
    issue_command->add_option("--holder", issue_options.holder, "Whose card it is, see below")
        ->type_name("FILE.toml");
    issue_command->add_option("--out", issue_options.out, "Folder to make; must not hold a card yet")
        ->type_name("DIR");
    issue_command
        ->add_option(
            "--crop", issue_options.crop,
            "The part of the photograph with the face, in pixels; default: the largest 4:5 in the middle")
        ->type_name("X,Y,W,H");
    issue_command
        ->add_option(
            "--seed", issue_options.seed,
            "Makes serial number, security code and keys repeatable. Whoever knows the seed knows the "
            "issuer's key")
        ->type_name("N");
    issue_command->add_option("--date", issue_options.date, "Day of issue; default: today")
        ->type_name("YYYY-MM-DD");
    issue_command->add_flag("--json", issue_options.json,
                            "One JSON object on standard output: numbers, PINs, files");
    issue_command->footer(kinds_in_words() + holder_keys + exit_codes);

    ServeOptions serve_options;
    auto* serve_command =
        app.add_subcommand("serve", "Put a card on pcscd's virtual reader, until interrupted");
    serve_command->add_option("--card", serve_options.card, "Folder of the card")
        ->required()
        ->type_name("DIR");
    serve_command->add_option("--port", serve_options.port, "TCP port of vpcd")
        ->capture_default_str()
        ->type_name("N");
    serve_command->add_option("--host", serve_options.host, "IPv4 address of vpcd")
        ->capture_default_str()
        ->type_name("ADDRESS");
    serve_command->add_option("--fault", serve_options.fault, "FIFO that takes faults; made if missing")
        ->type_name("FIFO");
    serve_command->add_option("--delay", serve_options.delay, "Before every answer, in microseconds")
        ->type_name("US");
    serve_command->add_flag("--absent", serve_options.absent,
                            "Start without the card on the reader, until the fault line says insert");
    serve_command->add_flag("--verbose", serve_options.verbose,
                            "One line for each APDU on standard error, without what it carries");
    serve_command->footer(std::string(fault_words) + exit_codes);

    ShowOptions show_options;
    auto* show_command =
        app.add_subcommand("show", "Tell what a card is and the tries left of each of its secrets");
    show_command->add_option("--card", show_options.card, "Folder of the card")->required()->type_name("DIR");
    show_command->add_flag("--json", show_options.json, "One JSON object on standard output");
    show_command->footer(exit_codes);

    RecordOptions record_options;
    auto* record_command = app.add_subcommand(
        "record",
        "Read a card of a kind as the desk does, face and then PIN, and write the exchanges down, redacted");
    record_command->add_option("--kind", record_options.kind, "As of issue")
        ->required()
        ->check(KindOrList)
        ->type_name("WORD");
    record_command->add_option("--out", record_options.out, "Recording to write")
        ->required()
        ->type_name("FILE");
    record_command->add_option("--seed", record_options.seed, "Of the card")
        ->capture_default_str()
        ->type_name("N");
    record_command->add_option("--date", record_options.date, "Day of issue and of the visit; default: today")
        ->type_name("YYYY-MM-DD");
    record_command->footer(exit_codes);

    ReplayOptions replay_options;
    auto* replay_command =
        app.add_subcommand("replay", "Drive the driver with a recording: its status words, lengths and "
                                     "faults; the same reading must come of it");
    replay_command->add_option("recording", replay_options.recording, "Written by record")
        ->required()
        ->type_name("FILE");
    replay_command->add_flag("--json", replay_options.json, "One JSON object on standard output");
    replay_command->footer(exit_codes);

    FacesFolderOptions faces_options;
    auto* faces_command = app.add_subcommand(
        "faces-folder",
        "Make a folder of test files such as the official terminal leaves for a receipt system, of nobody. "
        "ファイルを見張るレセコンの試験用フォルダーを作る（実在の人のデータなし）");
    faces_command
        ->add_option("--into", faces_options.into,
                     "Folder to make, or an empty one; its name begins with kaomon-test-faces. "
                     "作るフォルダー、または空のフォルダー。"
                     "名前は kaomon-test-faces で始める")
        ->required()
        ->type_name("DIR");
    faces_command->add_flag("--json", faces_options.json,
                            "One JSON object on standard output. 結果を JSON で出す");
    faces_command->footer(faces_words + exit_codes_twice);

    try {
        app.parse(argc, argv);
        if (*issue_command && issue_options.kind != "list" && issue_options.out.empty())
            throw CLI::RequiredError("--out");
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : wrong_usage;
    }
    if (*issue_command)
        return issue(issue_options);
    if (*serve_command)
        return serve(serve_options);
    if (*record_command)
        return record(record_options);
    if (*replay_command)
        return replay(replay_options);
    if (*faces_command)
        return faces_folder(faces_options);
    return show(show_options);
}
