// Quality against error (ISO/IEC 29794-1): how the false non-match rate falls when views of low quality are
// not used.
#pragma once

#include "tools/evaluate/acquisition.hpp"
#include "tools/evaluate/report.hpp"

namespace kaomon::evaluate {

// A comparison is as good as its worse live image; a card's photograph cannot be taken again and does not
// count. `quality_of_row` and `quality_of_column` lead from places in the galleries to what was measured;
// the second is empty where columns are cards. Shares discarded: 0 to 0.5. Reentrant.
std::vector<Discard> discard_curves(std::span<const MatedScore> scores, float threshold,
                                    std::span<const View* const> quality_of_row,
                                    std::span<const View* const> quality_of_column);

} // namespace kaomon::evaluate
