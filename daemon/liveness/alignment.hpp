// Two views of one face laid upon each other pixel by pixel (Hager, Belhumeur 1998): a second degree
// polynomial for either direction (planes and cylinders, however they are held), gain and offset of the
// light, and the relief's shift.
#pragma once

#include "daemon/liveness/relief.hpp"

namespace kaomon::liveness {

// Thread-bound.
class Alignment {
  public:
    explicit Alignment(const ReliefView& before) : before_(before) { state_[gain] = 1; }

    // On one level of the view after; from the coarsest one on. False where there is no way.
    bool on(std::size_t level, const Grey& after);
    // By the last level; nothing where too little of the face agrees. Without its turn.
    std::optional<ReliefShift> shift() const;

  private:
    static constexpr std::size_t terms = 6, gain = 12, offset = 13, relief_x = 14, relief_y = 15,
                                 unknowns = 16;
    using Columns = std::array<Four, unknowns>; // of four spots: how the level changes with each unknown
    using Square = std::array<std::array<double, unknowns>, unknowns>;
    using Unknowns = std::array<double, unknowns>;

    static std::array<Four, terms> polynomial(const ReliefView::Spots& spots);
    static Columns derivatives(const ReliefView::Spots& spots);
    static bool solve(Square a, Unknowns b, Unknowns& x, Unknowns& pivots);
    void compare(const SecretVector<ReliefView::Spots>& spots, std::size_t level, const Grey& after);
    void weigh();

    const ReliefView& before_;
    Unknowns state_{}, pivots_{};
    Square normal_{};
    SecretVector<Columns> columns_;
    SecretVector<Four> left_, weights_; // of each spot: what the alignment leaves over, and how far it counts
    SecretVector<float> sizes_;
};

} // namespace kaomon::liveness
