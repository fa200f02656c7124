#include "daemon/face/engine/kernels.hpp"

#include "daemon/face/engine/instruction_sets.hpp"

#include <ranges>

namespace kaomon::face::engine {

const Kernels* kernels_for(InstructionSet set) noexcept {
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma"))
        return nullptr;
    switch (set) {
    case InstructionSet::avx2:
        return &avx2_kernels();
    case InstructionSet::avx_vnni:
        return __builtin_cpu_supports("avxvnni") ? &avx_vnni_kernels() : nullptr;
    case InstructionSet::avx512:
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                       __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
                       __builtin_cpu_supports("avx512vnni")
                   ? &avx512_kernels()
                   : nullptr;
    }
    return nullptr;
}

const Kernels* fastest_kernels() noexcept {
    for (const InstructionSet set : std::views::reverse(values<InstructionSet>())) {
        if (const Kernels* const kernels = kernels_for(set))
            return kernels;
    }
    return nullptr;
}

} // namespace kaomon::face::engine
