#include "tools/kaomonctl/verify_request.hpp"

#include "tools/command/word_option.hpp"

#include <boost/json/array.hpp>

namespace kaomon::kaomonctl {
namespace {

namespace json = boost::json;

} // namespace

void add_request(CLI::App& command, RequestOptions& options) {
    command.add_option("--deadline", options.deadline, "longest time in seconds (default: the daemon's)")
        ->check(CLI::Range(1, 600));
    command.add_option("--expect-birth-date", options.birth_date,
                       "the birth date of whom you expect, YYYY-MM-DD");
    auto* reference = command.add_option("--expect-reference", options.reference,
                                         "the reference of whom you expect, of an earlier result");
    command.add_option("--expect-kind", options.kind, "its kind: chip_key or sign_in_key")->needs(reference);
    command::add_word(
        command, "--want", options.attributes,
        "what you want to know of the holder, with the patient's consent: one or more, with commas")
        ->delimiter(',');
    auto* purpose =
        command.add_option("--purpose", options.purpose,
                           "what the result is for, one word: shown to the patient, signed, on record");
    command.add_option("--purpose-text", options.purpose_text, "the same as a sentence for the patient")
        ->needs(purpose);
}

void fill(json::object& parameters, const RequestOptions& options) {
    if (options.deadline > 0)
        parameters["deadline_ms"] = std::int64_t{options.deadline} * 1000;
    json::object expect;
    for (const auto& [name, value] : {std::pair{"birth_date", options.birth_date},
                                      {"reference", options.reference},
                                      {"kind", options.kind}}) {
        if (!value.empty())
            expect[name] = value;
    }
    if (!expect.empty())
        parameters["expect"] = std::move(expect);
    json::array attributes;
    for (const Attribute wanted : options.attributes)
        attributes.emplace_back(word(wanted));
    if (!attributes.empty())
        parameters["attributes"] = std::move(attributes);
    if (!options.purpose.empty()) {
        json::object purpose{{"word", options.purpose}};
        if (!options.purpose_text.empty())
            purpose["sentence"] = options.purpose_text;
        parameters["purpose"] = std::move(purpose);
    }
}

} // namespace kaomon::kaomonctl
