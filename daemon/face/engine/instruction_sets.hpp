// The tables of kernels, each from the file that is compiled for its instructions. kernels_for() says which
// may be called.
#pragma once

#include "daemon/face/engine/kernels.hpp"

namespace kaomon::face::engine {

const Kernels& avx2_kernels() noexcept;
const Kernels& avx_vnni_kernels() noexcept;
const Kernels& avx512_kernels() noexcept;

} // namespace kaomon::face::engine
