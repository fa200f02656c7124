// A disk that is full when a fuzz target says so: for every file of the program.
#pragma once

#include <cstdint>

namespace kaomon::fuzz {

enum class Room : std::uint8_t {
    enough,
    kept_only, // what was reserved can be written, no more can be reserved
    none,
};
void set_room(Room room);

} // namespace kaomon::fuzz
