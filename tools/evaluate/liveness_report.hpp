// The figures of an evaluation of liveness, in the terms of ISO/IEC 30107-3, for machines and for people.
// None of the forms shows a face, a path or a name.
#pragma once

#include "tools/evaluate/binomial.hpp"
#include "tools/evaluate/liveness_tally.hpp"
#include "tools/words/language.hpp"

#include <boost/json/object.hpp>

namespace kaomon::evaluate {

// Schema "kaomon.liveness/2":
//
//   schema standard about date version required[] seconds rate card unusable
//   groups[]     {policy screen kind origin presentations ... median_seconds p95_seconds asked
//   asked_last{hint: count} evidence{kind: {outcome: count}}}
//     apcer apnrr   of an attack: called bona fide; without a response
//     bpcer bpnrr   of a bona fide presentation: called an attack; without a response
//     asked         for a movement, at any time of the presentation
//     asked_last    the hint that stood at the end of those without a response
//
// A rate is {hits trials rate low95 high95}: an exact interval. Seconds are null without a response.
// `required`: the kinds of evidence that were demanded in place of the policy's; empty: those.
boost::json::object as_json(const LivenessTally& tally);
// Lines of a table for a terminal.
std::vector<std::string> as_text(const LivenessTally& tally, Language language);
// Lines of Markdown: APCER of each species under each setting; of bona fide presentations who was not
// verified, who was asked and how long it took.
std::vector<std::string> as_markdown(const LivenessTally& tally);
// One page for people.
std::string as_page(const LivenessTally& tally, Language language);

// What both forms for people say of the figures.
extern const Text about_liveness;
extern const Text attacks_with_card; // where the visit's card carries what is shown
// "2.5 % (1/40; 0.1–13.2)": rate, hits of trials, exact 95 % interval.
std::string rate_text(std::size_t hits, std::size_t trials);

} // namespace kaomon::evaluate
