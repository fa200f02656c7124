// The measurements in the clinic's folder: measurements/readers/NAME.json, measurements/cameras/NAME.json.
#pragma once

#include "tools/clinic/choose/measurement.hpp"
#include "tools/clinic/folder/folder.hpp"

namespace kaomon::choose {

// What a candidate may be called: 1 to 40 bytes, letters, digits, '-', '_' and any character beyond ASCII; no
// '/' or '.'. Word: impossible_name.
Outcome<void> check_name(std::string_view name);

// Its place in the folder: "measurements/readers/A.json".
std::string file_of(const Measurement& measurement);

Outcome<void> save(clinic::Folder& folder, const Measurement& measurement);
// All that can be read; one that cannot is told in the folder's notices or comes back as trouble. Readers
// first, by name.
Outcome<std::vector<Measurement>> load(clinic::Folder& folder);
// Word: no_such_candidate.
Outcome<void> forget(clinic::Folder& folder, std::string_view name);

} // namespace kaomon::choose
