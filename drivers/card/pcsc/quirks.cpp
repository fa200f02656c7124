#include "drivers/card/pcsc/quirks.hpp"

#include "drivers/card/pcsc/reader_name.hpp"

#include <algorithm>

namespace kaomon::card::pcsc {
namespace {

using enum Support;
using enum Certainty;

constexpr std::size_t short_answer = 256; // bytes: nothing longer is ever asked for
constexpr std::string_view descriptors =
    "drivers/card/SPEC.md §11: descriptors in LudovicRousseau/CCID 5de6a96";

constexpr std::array rows{
    Quirk{.model = "Sony RC-S300",
          .usb = {{{0x054C, 0x0DC8}, {0x054C, 0x0DC9}}},
          .support = should_work,
          .source = descriptors},
    Quirk{.model = "Sony RC-S660/U",
          .usb = {{{0x054C, 0x0D8F}}},
          .support = should_work,
          .source = descriptors},
    Quirk{.model = "ACS ACR1251 / ACR1252",
          .usb = {{{0x072F, 0x221A}, {0x072F, 0x223B}, {0x072F, 0x2259}}},
          .support = should_work,
          .other_slots = OtherSlots::sam,
          .contactless_slot = "PICC",
          .source = descriptors},
    Quirk{.model = "ACS ACR122U",
          .usb = {{{0x072F, 0x2200}}},
          .support = unsupported,
          .largest_block = short_answer,
          .source = "drivers/card/SPEC.md §11: short APDU level in its descriptor"},
    Quirk{.model = "ACS ACR1281 1S Dual Reader",
          .pcsc_name = "ACR1281 1S Dual Reader",
          .largest_block = short_answer,
          .certainty = stated,
          .source = "drivers/card/SPEC.md §11: acshk/acsccid issue 42, open"},
    Quirk{.model = "Identiv uTrust 4701 F",
          .usb = {{{0x04E6, 0x5724}}},
          .support = should_work,
          .other_slots = OtherSlots::contact,
          .contactless_slot = "CL Reader",
          .source = descriptors},
    Quirk{.model = "Circle CIR315",
          .usb = {{{0x31AA, 0x3001}}},
          .support = should_work,
          .other_slots = OtherSlots::sam,
          .contactless_slot = "PICC",
          .source = descriptors},
    Quirk{.model = "Circle CIR415 CL",
          .usb = {{{0x31AA, 0x4001}}},
          .support = should_work,
          .source = descriptors},
    Quirk{.model = "Circle CIR415 CL & 1S",
          .usb = {{{0x31AA, 0x4000}}},
          .support = should_work,
          .other_slots = OtherSlots::sam,
          .source = descriptors},
    Quirk{.model = "HID OMNIKEY 5022",
          .usb = {{{0x076B, 0x5022}}},
          .support = should_work,
          .source = descriptors},
    Quirk{.model = "HID OMNIKEY 5422",
          .usb = {{{0x076B, 0x5422}}},
          .support = should_work,
          .other_slots = OtherSlots::contact,
          .contactless_slot = "5422CL",
          .source = descriptors},
    Quirk{.model = "SCR3310-NTTCom",
          .usb = {{{0x04E6, 0x511A}}},
          .support = should_work,
          .other_slots = OtherSlots::contact_only,
          .source = descriptors},
    Quirk{.model = "Sony RC-S380",
          .usb = {{{0x054C, 0x06C1}, {0x054C, 0x06C3}}},
          .support = no_driver,
          .source = "drivers/card/SPEC.md §11: LudovicRousseau/PCSC issue 86; the ids are common knowledge"},
    Quirk{.model = "KOBIL TriBank (EMV CAP - SecOVID Reader III)",
          .usb = {{{0x0D46, 0x3010}}},
          .other_slots = OtherSlots::contact_only,
          .largest_block = short_answer,
          .source = "drivers/card/SPEC.md §11: CCID's src/ccid.c"},
    // The Gemplus reader of that id has short APDU level; QEMU's has TPDU level, is announced with 65,536
    // bytes, and does not answer for half a minute and more.
    Quirk{.model = "GemPC433, QEMU usb-ccid",
          .usb = {{{0x08E6, 0x4433}}},
          .other_slots = OtherSlots::contact_only,
          .largest_block = short_answer,
          .certainty = tried,
          .source = "drivers/card/SPEC.md §11: QEMU 7.2"},
    Quirk{.model = "vpcd (vsmartcard)",
          .pcsc_name = "Virtual PCD",
          .is_virtual = true,
          .certainty = tried,
          .source = "drivers/card/SPEC.md §11: vsmartcard-vpcd 3.3"},
};

} // namespace

std::span<const Quirk> quirks() noexcept {
    return rows;
}

const Quirk* find_quirk(std::string_view pcsc_name, const std::optional<UsbId>& usb) noexcept {
    const auto by_id = std::ranges::find_if(rows, [&](const Quirk& row) {
        return usb && *usb != UsbId{} && std::ranges::find(row.usb, *usb) != row.usb.end();
    });
    if (by_id != rows.end())
        return &*by_id;
    const auto by_name = std::ranges::find_if(rows, [&](const Quirk& row) {
        return !row.pcsc_name.empty() && name_fits(pcsc_name, row.pcsc_name);
    });
    return by_name == rows.end() ? nullptr : &*by_name;
}

} // namespace kaomon::card::pcsc
