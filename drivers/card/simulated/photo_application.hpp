// 券面事項確認AP: birth date, card face with photograph, my number picture (drivers/card/SPEC.md §4).
#pragma once

#include "drivers/card/simulated/contents.hpp"
#include "drivers/card/simulated/photo_record.hpp"

namespace kaomon::card::simulated {

// `certificate` is that of the record signer; `chip` answers challenges.
Application make_photo_application(const PhotoRecordParts& record, const SecretBytes& certificate,
                                   const CardKey& chip);

} // namespace kaomon::card::simulated
