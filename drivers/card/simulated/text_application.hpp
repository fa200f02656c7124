// 券面事項入力補助AP: my number and the four attributes as text (drivers/card/SPEC.md §8).
#pragma once

#include "drivers/card/simulated/contents.hpp"
#include "drivers/card/simulated/holder.hpp"
#include "drivers/card/simulated/key.hpp"

namespace kaomon::card::simulated {

// FF20 { DF21 offsets, DF22 name, DF23 address, DF24 birth date, DF25 sex }: EF 0002.
SecretBytes make_attributes(const Holder& holder);
// `digits`, number B, opens it; `own` signs without a PIN; `signer` signed the record, `certificate` is its
// certificate.
Application make_text_application(const Holder& holder, std::string_view digits,
                                  const SecretBytes& certificate, const CardKey& signer, const CardKey& own);

} // namespace kaomon::card::simulated
