#include "tools/clinic/choose/identify.hpp"

#include "drivers/camera/v4l2/offers.hpp"
#include "drivers/camera/v4l2/scan.hpp"
#include "drivers/card/pcsc/slots.hpp"
#include "tools/clinic/choose/driver_list.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kaomon::choose {
namespace {

constexpr Milliseconds ioctl_budget{1000};

} // namespace

Result<void> identify(ReaderFacts& facts) {
    const auto slots = card::pcsc::list_slots();
    if (!slots)
        return std::unexpected(slots.error());
    const auto own = std::ranges::find(*slots, facts.reader, &card::pcsc::Slot::reader);
    if (own == slots->end())
        return {}; // it went away in between
    facts.known = card::pcsc::find_quirk(facts.reader, std::nullopt);
    if (!own->usb) {
        facts.simulated = "virtual reader (no USB device stands behind it)";
        return {};
    }
    facts.slots = static_cast<int>(std::ranges::count(*slots, own->usb, &card::pcsc::Slot::usb));
    facts.usb = find_usb(own->usb->bus, own->usb->device);
    if (!facts.usb)
        return {};
    if (const auto list = installed_driver_list()) {
        if (const auto* entry = list->find(facts.usb->vendor, facts.usb->product))
            facts.listed_as = entry->name;
    }
    facts.known =
        card::pcsc::find_quirk(facts.reader, card::pcsc::UsbId{facts.usb->vendor, facts.usb->product});
    return {};
}

std::vector<std::string> formats_of(const std::string& camera) {
    std::vector<std::string> found;
    const auto device = camera::v4l2::find(camera);
    if (!device)
        return found;
    const auto offers = camera::v4l2::list_offers(device->path, ioctl_budget);
    for (const auto& offer : offers.value_or(std::vector<camera::v4l2::Offer>{})) {
        std::string text = fmt::format("{} {}x{}", offer.format, offer.width, offer.height);
        if (!offer.rates.empty())
            text += fmt::format("@{:.3g}", std::ranges::max(offer.rates));
        found.push_back(std::move(text));
    }
    return found;
}

} // namespace kaomon::choose
