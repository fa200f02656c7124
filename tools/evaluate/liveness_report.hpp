// The figures of an evaluation of liveness, in the terms of ISO/IEC 30107-3, for machines and for people.
// None of the forms shows a face, a path or a name.
#pragma once

#include "tools/evaluate/binomial.hpp"
#include "tools/evaluate/liveness_tally.hpp"
#include "tools/words/language.hpp"

#include <boost/json/object.hpp>

namespace kaomon::evaluate {

// Schema "kaomon.liveness/1":
//
//   schema standard about date version required[] seconds rate card unusable
//   groups[]     {kind origin presentations ... median_seconds asked{hint: count} evidence{kind: {outcome:
//   count}}}
//     apcer apnrr   of an attack: called bona fide; without a response
//     bpcer bpnrr   of a bona fide presentation: called an attack; without a response
//
// A rate is {hits trials rate low95 high95}: an exact interval. median_seconds is null without a response.
boost::json::object as_json(const LivenessTally& tally);
// Lines of a table for a terminal.
std::vector<std::string> as_text(const LivenessTally& tally, Language language);
// One page for people.
std::string as_page(const LivenessTally& tally, Language language);

// What both forms for people say of the figures.
extern const Text about_liveness;
extern const Text attacks_with_card; // where the visit's card carries what is shown
// "2.5 % (1/40; 0.1–13.2)": rate, hits of trials, exact 95 % interval.
std::string rate_text(std::size_t hits, std::size_t trials);

} // namespace kaomon::evaluate
