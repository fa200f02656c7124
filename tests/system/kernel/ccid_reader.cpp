#include "tests/system/kernel/ccid_reader.hpp"

#include <fcntl.h>
#include <linux/usb/functionfs.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <stdexcept>

namespace kaomon::test {
namespace {

const std::filesystem::path endpoints = "/run/ccid-reader";
constexpr std::size_t head_size = 10;           // of every CCID message
constexpr std::size_t largest_message = 65'556; // 10 and an extended APDU

// Device class specification for CCID 1.1, 5.1: the class descriptor.
struct CcidDescriptor {
    std::uint8_t length = 54, type = 0x21;
    std::uint16_t version = 0x0110;
    std::uint8_t slots = 0, voltages = 7;
    std::uint32_t protocols = 3, clock = 4000, most_clock = 4000;
    std::uint8_t clocks = 0;
    std::uint32_t rate = 9600, most_rate = 9600;
    std::uint8_t rates = 0;
    std::uint32_t ifsd = 254, synchronous = 0, mechanical = 0;
    std::uint32_t features = 0x000404BE; // all parameters by the reader; short and extended APDU level
    std::uint32_t largest = largest_message;
    std::uint8_t get_response = 0xFF, envelope = 0xFF;
    std::uint16_t display = 0;
    std::uint8_t pin = 0, busy_slots = 1;
} __attribute__((packed));
static_assert(sizeof(CcidDescriptor) == 54);

struct Function { // one speed's
    usb_interface_descriptor interface{};
    CcidDescriptor ccid{};
    usb_endpoint_descriptor_no_audio out{}, in{}, interrupt{};
} __attribute__((packed));

Function function_of(std::uint16_t bulk_size, std::uint8_t interval) {
    Function made;
    made.interface = {.bLength = USB_DT_INTERFACE_SIZE,
                      .bDescriptorType = USB_DT_INTERFACE,
                      .bInterfaceNumber = 0,
                      .bAlternateSetting = 0,
                      .bNumEndpoints = 3,
                      .bInterfaceClass = USB_CLASS_CSCID,
                      .bInterfaceSubClass = 0,
                      .bInterfaceProtocol = 0,
                      .iInterface = 1};
    const auto endpoint = [](std::uint8_t address, std::uint8_t kind, std::uint16_t size,
                             std::uint8_t every) {
        return usb_endpoint_descriptor_no_audio{.bLength = 7,
                                                .bDescriptorType = USB_DT_ENDPOINT,
                                                .bEndpointAddress = address,
                                                .bmAttributes = kind,
                                                .wMaxPacketSize = size,
                                                .bInterval = every};
    };
    made.out = endpoint(1 | USB_DIR_OUT, USB_ENDPOINT_XFER_BULK, bulk_size, 0);
    made.in = endpoint(2 | USB_DIR_IN, USB_ENDPOINT_XFER_BULK, bulk_size, 0);
    made.interrupt = endpoint(3 | USB_DIR_IN, USB_ENDPOINT_XFER_INT, 8, interval);
    return made;
}

struct Descriptors {
    usb_functionfs_descs_head_v2 head{};
    std::uint32_t full_speed = 5, high_speed = 5; // how many descriptors of each
    Function full{}, high{};
} __attribute__((packed));

struct Strings {
    usb_functionfs_strings_head head{};
    std::uint16_t language = 0x0409;
    std::array<char, 15> text{"CCID Interface"};
} __attribute__((packed));

void write_whole(int file, const void* bytes, std::size_t size) {
    if (write(file, bytes, size) != static_cast<ssize_t>(size))
        throw std::runtime_error(std::string("CCID descriptors: ") + std::strerror(errno));
}

UniqueFd described() {
    UniqueFd control(open((endpoints / "ep0").c_str(), O_RDWR | O_CLOEXEC));
    if (!control)
        throw std::runtime_error(std::string("ep0: ") + std::strerror(errno));
    Descriptors descriptors;
    descriptors.head = {.magic = FUNCTIONFS_DESCRIPTORS_MAGIC_V2,
                        .length = sizeof descriptors,
                        .flags = FUNCTIONFS_HAS_FS_DESC | FUNCTIONFS_HAS_HS_DESC};
    descriptors.full = function_of(64, 16);
    descriptors.high = function_of(512, 8);
    write_whole(control.get(), &descriptors, sizeof descriptors);
    Strings strings;
    strings.head = {
        .magic = FUNCTIONFS_STRINGS_MAGIC, .length = sizeof strings, .str_count = 1, .lang_count = 1};
    write_whole(control.get(), &strings, sizeof strings);
    return control;
}

UniqueFd endpoint(const char* name) {
    // one that is not plugged in says so, instead of waiting for it
    UniqueFd opened(open((endpoints / name).c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC));
    if (!opened)
        throw std::runtime_error(std::string(name) + ": " + std::strerror(errno));
    return opened;
}

// Whatever is asked of the interface itself is answered with nothing: libccid asks for nothing that it needs.
void answer_control(int control, const std::stop_token& stop) {
    usb_functionfs_event event{};
    while (!stop.stop_requested()) {
        pollfd ready{control, POLLIN, 0};
        if (poll(&ready, 1, 100) != 1 || read(control, &event, sizeof event) != sizeof event ||
            event.type != FUNCTIONFS_SETUP)
            continue;
        std::array<char, 64> nothing{};
        const auto& setup = event.u.setup;
        if ((setup.bRequestType & USB_DIR_IN) != 0)
            (void)!write(control, nothing.data(), std::min<std::size_t>(setup.wLength, nothing.size()));
        else
            (void)!read(control, nothing.data(), 0);
    }
}

// CCID 1.1, 6.1 and 6.2: the messages that libccid sends to a reader of this level.
enum Message : std::uint8_t {
    power_on = 0x62,
    power_off = 0x63,
    slot_status = 0x65,
    transfer = 0x6F,
    get_parameters = 0x6C,
    reset_parameters = 0x6D,
    set_parameters = 0x61,
    data_block = 0x80,
    status = 0x81,
    parameters = 0x82,
};

} // namespace

CcidReader::CcidReader(const UsbIdentity& identity)
    : gadget_(identity, endpoints), control_(described()), out_(endpoint("ep1")), in_(endpoint("ep2")),
      interrupt_(endpoint("ep3")),
      control_thread_([this](const std::stop_token& stop) { answer_control(control_.get(), stop); }),
      thread_([this](const std::stop_token& stop) { serve(stop); }) {
    gadget_.plug();
}

CcidReader::~CcidReader() {
    thread_.request_stop();
    gadget_.unplug(); // ends the read that waits
}

void CcidReader::put(card::simulated::Card& card) {
    {
        const std::lock_guard lock(mutex_);
        card_ = &card;
        powered_ = false;
    }
    tell_slot(true); // returns when the driver has asked
}

void CcidReader::take_away() {
    {
        const std::lock_guard lock(mutex_);
        if (card_ != nullptr)
            card_->reset();
        card_ = nullptr;
        powered_ = false;
    }
    tell_slot(false);
}

// RDR_to_PC_NotifySlotChange: changed, and whether a card is there.
void CcidReader::tell_slot(bool present) const {
    const std::array<std::uint8_t, 2> message{0x50, static_cast<std::uint8_t>(present ? 3 : 2)};
    (void)!write(interrupt_.get(), message.data(), message.size()); // an unplugged reader tells nobody
}

void CcidReader::serve(const std::stop_token& stop) {
    constexpr std::size_t packet = 512;
    SecretBytes message(largest_message + packet);
    while (!stop.stop_requested()) {
        auto size = read(out_.get(), message.data(), message.size() / packet * packet);
        if (size < 0) { // unplugged, or not yet plugged in
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            continue;
        }
        if (static_cast<std::size_t>(size) < head_size)
            continue;
        const std::size_t whole =
            head_size + (message[1] | std::size_t{message[2]} << 8 | std::size_t{message[3]} << 16);
        while (static_cast<std::size_t>(size) < whole && whole <= largest_message) {
            const auto more = read(out_.get(), message.data() + size, packet);
            if (more <= 0)
                break;
            size += more;
        }
        const auto reply = answer({message.data(), static_cast<std::size_t>(size)});
        (void)!write(in_.get(), reply.data(), reply.size());
        if (reply.size() % packet == 0)
            (void)!write(in_.get(), reply.data(), 0); // the transfer's end
    }
}

SecretBytes CcidReader::answer(ByteView message) {
    const std::lock_guard lock(mutex_);
    SecretBytes data;
    std::uint8_t kind = status, error = 0, last = 0;
    bool failed = false;
    switch (message[0]) {
    case power_on:
        kind = data_block;
        failed = card_ == nullptr;
        if (card_ != nullptr) {
            card_->reset();
            powered_ = true;
            data.assign(card_->atr().begin(), card_->atr().end());
        }
        break;
    case power_off:
        if (card_ != nullptr)
            card_->reset();
        powered_ = false;
        break;
    case slot_status:
        break;
    case transfer:
        kind = data_block;
        failed = card_ == nullptr || !powered_;
        if (!failed)
            data = card_->answer(message.subspan(head_size));
        break;
    case get_parameters:
    case reset_parameters:
    case set_parameters:
        kind = parameters;
        last = 1; // T=1: 11 10 00 4D 00 FE 00
        data = {0x11, 0x10, 0x00, 0x4D, 0x00, 0xFE, 0x00};
        break;
    default:
        failed = true;
    }
    if (failed)
        error = 0xFE; // no card there, or mute
    const auto slot = static_cast<std::uint8_t>((card_ == nullptr ? 2
                                                 : powered_       ? 0
                                                                  : 1) |
                                                (failed ? 0x40 : 0));
    SecretBytes reply{kind,
                      static_cast<std::uint8_t>(data.size()),
                      static_cast<std::uint8_t>(data.size() >> 8),
                      static_cast<std::uint8_t>(data.size() >> 16),
                      0,
                      message[5], // slot
                      message[6], // sequence
                      slot,
                      error,
                      last};
    reply.insert(reply.end(), data.begin(), data.end());
    return reply;
}

} // namespace kaomon::test
