// What the official terminal leaves for the receipt system when a patient has used the reader, in shape, of
// people who do not exist: for whoever tests what polls such files.
//
// The element names, the values named in face_file.cpp and the files' names are known from two programs that
// read real files; the official specification is not public. Not known, and so only likely: the order of the
// elements, which of them are there when there is nothing to say, the form of <id> in a name, whether a
// result is ever UTF-8, ErrorCode and ProcessingResultCode. Left out, because their values are not known:
// everything about consents, certificates of limits, specific diseases and the share that the patient pays.
#pragma once

#include "drivers/base/clock.hpp"
#include "drivers/base/result.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace kaomon::tools::simcard {

struct FaceFile {
    std::string name;              // OQSsiquc01res_face_<id>_<yyyyMMddHHmmss>.xml
    std::string japanese, english; // what it is an example of
    std::string xml;               // in the encoding that it declares
};

// One of each kind, as of that moment, in Japan's time. Reason: internal_error (no Shift_JIS on this
// machine). Reentrant.
Result<std::vector<FaceFile>> face_files(std::chrono::sys_seconds now);

} // namespace kaomon::tools::simcard
