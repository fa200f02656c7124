// What a caller hands in during a verification: the number, the PIN, a visual check. Each from an option
// first, then, where a person sits at the keyboard, asked for. Each is one act of a person.
#pragma once

#include "drivers/base/secret.hpp"
#include "proto/attribute.hpp"
#include "proto/method.hpp"
#include "proto/visual_check.hpp"
#include "tools/kaomonctl/commands.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace kaomon::kaomonctl {

struct SupplyOptions {
    std::string number_from;        // file, or "-": standard input
    std::string era_year;           // 2 digits
    std::string security_code_from; // as number_from
    bool compared = false;          // a person compared the number with the card's face
    std::string pin_from;           // as number_from
    std::string staff;              // who looked; empty: nobody
    VisualCheckReason staff_reason = VisualCheckReason::other;
    bool staff_denies = false;
    std::string idempotency_key; // names the idempotency_key; empty: a random one
    bool interactive = false;
    bool at_desk = false;      // screen and staff hand it in; nothing is asked here
    std::string consent;       // "yes", "no"; empty: it is asked for
    std::string consent_staff; // who answers for the patient; empty: the patient
};

// Thread-bound.
class Supply {
  public:
    Supply(Language language, const SupplyOptions& options) : language_(language), options_(options) {}

    // Reads what the options name. The trouble with it, if any; an English clause.
    std::string load();
    // The methods that something can be handed in for.
    boost::json::array methods() const;
    // For Verify itself: the number, if it is known beforehand, and its idempotency_key.
    void fill(boost::json::object& parameters);

    // The next thing to hand in, as the fields of Provide but the session's; `open`: the methods of the last
    // reply. Empty: there is nothing (more). The error is an English clause.
    std::expected<std::optional<boost::json::object>, std::string> next(bool number_is_wanted,
                                                                        const std::vector<Method>& open);

    // The answer to whether the caller may know these attributes, in the same way.
    std::expected<std::optional<boost::json::object>, std::string>
    consent(const std::vector<Attribute>& wanted);

  private:
    using Fields = std::expected<std::optional<boost::json::object>, std::string>;
    Fields ask_for_number();
    Fields ask_for_pin();
    Fields ask_for_visual_check();
    std::string next_act();

    Language language_;
    const SupplyOptions& options_;
    boost::json::object access_;
    SecretText pin_;
    bool visual_check_used_ = false;
    int handed_in_ = 0;
};

// 192 random bits in base64url; empty where the system has none.
std::string random_text();

} // namespace kaomon::kaomonctl
