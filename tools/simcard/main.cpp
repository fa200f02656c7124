// kaomon-simcard: a My Number Card that exists only as a program.
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

} // namespace

int main(int argc, char** argv) {
    CLI::App app(
        "Issues simulated My Number Cards and serves them to pcscd through its virtual reader (vpcd).\n"
        "Such a card is genuine to nobody but who trusts its own issuer key (trust.toml).");
    app.name("kaomon-simcard");
    app.require_subcommand(1);
    app.footer(exit_codes);

    IssueOptions issue_options;
    auto* issue_command = app.add_subcommand("issue", "Make a card from a portrait: a folder");
    issue_command->add_option("--portrait", issue_options.portrait, "Photograph, JPEG")
        ->required()
        ->type_name("FILE.jpg");
    issue_command->add_option("--holder", issue_options.holder, "Whose card it is, see below")
        ->type_name("FILE.toml");
    issue_command->add_option("--out", issue_options.out, "Folder to make; must not hold a card yet")
        ->required()
        ->type_name("DIR");
    issue_command
        ->add_option(
            "--crop", issue_options.crop,
            "The part of the photograph with the face, in pixels; default: the largest 4:5 in the middle")
        ->type_name("X,Y,W,H");
    issue_command
        ->add_option("--forge", issue_options.forge,
                     "What is wrong with the card: signature (photo record signed by the wrong key), chip (a "
                     "copy on another chip), certificate (never signed by the authority)")
        ->check(CLI::IsMember({"signature", "chip", "certificate"}));
    issue_command
        ->add_option("--seed", issue_options.seed,
                     "Makes serial number and security code repeatable; keys are always fresh")
        ->type_name("N");
    issue_command->add_flag("--expired", issue_options.expired,
                            "The card expired on the holder's last birthday");
    issue_command->add_flag("--no-photo", issue_options.without_photo, "An infant's card");
    issue_command->add_flag("--two-bytes-first", issue_options.two_bytes_first,
                            "Two more bytes before the photo record, as on newer cards");
    issue_command->add_flag("--json", issue_options.json,
                            "One JSON object on standard output: numbers, PINs, files");
    issue_command->footer(std::string(holder_keys) + exit_codes);

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

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : wrong_usage;
    }
    if (*issue_command)
        return issue(issue_options);
    if (*serve_command)
        return serve(serve_options);
    return show(show_options);
}
