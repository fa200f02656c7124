// What was found out about one reader, as figures; what they are worth is said in reader_criteria.cpp.
#pragma once

#include "drivers/base/result.hpp"
#include "drivers/card/pcsc/quirks.hpp"
#include "tools/clinic/choose/measurement.hpp"
#include "tools/clinic/choose/usb.hpp"

#include <map>

namespace kaomon::choose {

struct ReaderFacts {
    std::string reader;                       // PC/SC name
    std::string simulated;                    // empty: a real one
    std::optional<UsbReader> usb;             // nothing: not known, or no USB device
    int slots = 1;                            // readers that PC/SC shows of this device
    std::string listed_as;                    // by the installed driver; empty: not listed
    const card::pcsc::Quirk* known = nullptr; // row of the driver's table; null: nothing is known of it

    std::optional<bool> contactless; // by the answer to reset
    std::size_t largest_block = 0;   // bytes that came back in one READ BINARY, at most 2048; 0: not measured
    int taps_wanted = 0, taps_done = 0;
    std::map<Reason, int> lost; // taps that were not seen (no_card) or not read, by reason
    // All in milliseconds
    std::vector<double> atr;        // card reported until it is connected and its answer to reset is known
    std::vector<double> round_trip; // the shortest command to the card and back
    std::vector<double> free_data;  // all that is read before a number is needed
    std::vector<double>
        photo; // record and check of its signature, blocks of 256 bytes or what the reader takes
    std::vector<double> photo_large; // the same with the largest block, where that is more
    enum class Unplug : unsigned char { not_tried, not_noticed, not_back, back } unplug = Unplug::not_tried;
    std::optional<Reason>
        ended; // measuring ended early: cancelled (by the person), no_reader, reader_service_down

    int taps_lost() const;
};

// With grades and their reasons. Reentrant.
Measurement measurement_of(const ReaderFacts& facts, std::string name, Date on);

} // namespace kaomon::choose
