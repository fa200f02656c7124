// What the daemon makes of a picture with a face, as pieces to look for in its memory.
#pragma once

#include "daemon/face/pipeline.hpp"
#include "tests/component/process_memory.hpp"

namespace kaomon::test {

// Runs of `length` bytes, one every `step`; flat ones (of few values) say nothing and are left out.
void add_runs(Pieces& pieces, const std::string& kind, ByteView bytes, std::size_t length, std::size_t step);

// Pixels, mesh, crop and template, by the product's own code. False: no face is seen in it.
bool add_face(Pieces& pieces, const std::string& whose, face::Pipeline& pipeline, const Image& picture);

} // namespace kaomon::test
