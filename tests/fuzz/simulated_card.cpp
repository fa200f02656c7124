// The simulated card fed with any APDUs: it always answers, and no try goes without a VERIFY that carries
// something.
#include "drivers/card/simulated/card.hpp"
#include "drivers/card/simulated/key_maker.hpp"

#include <algorithm>
#include <cstdlib>

namespace {

using namespace kaomon;
using namespace kaomon::card::simulated;

Contents contents() {
    const auto text = [](std::string_view characters) {
        return SecretBytes(characters.begin(), characters.end());
    };
    const SecretBytes key = KeyMaker().make()->to_pkcs8();
    Contents made;
    made.applications = {
        {common_application, {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00}, {}, 0},
        {photo_application, {0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x02}, {}, 0x001A},
        {jpki_application, {0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01}, {}, 0}};
    made.applications[0].files = {{0x0001, FileKind::records, SecretBytes{1, 2, 3, 4, 2, 9}},
                                  {0x0019, FileKind::key, key}};
    made.applications[1].files = {{0x0002, FileKind::binary, SecretBytes(3000, 7), {0x0012}},
                                  {0x0012, FileKind::secret, text("01234567890123"), {}, 10, 10},
                                  {0x001A, FileKind::key, key}};
    made.applications[2].files = {{0x0017, FileKind::key, key, {0x0018}},
                                  {0x0018, FileKind::secret, text("1234"), {}, 3, 3}};
    made.data_objects = {{0x00F2, Bytes{1}}};
    return made;
}

int tries(const Contents& contents) {
    int sum = 0;
    for (const Application& application : contents.applications) {
        for (const File& file : application.files)
            sum += file.tries_left;
    }
    return sum;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Contents fresh = contents();
    Card card(fresh);
    for (ByteView rest(data, size); !rest.empty();) { // one byte of length, then a command; length 0: a reset
        const std::size_t length = std::min<std::size_t>(rest[0], rest.size() - 1);
        const ByteView command = rest.subspan(1, length);
        rest = rest.subspan(1 + length);
        const int before = tries(card.contents());
        if (command.empty())
            card.reset();
        else if (card.answer(command).size() < 2)
            std::abort();
        const bool verify = command.size() > 5 && command[0] == 0x00 && command[1] == 0x20;
        if (before - tries(card.contents()) > (verify ? 1 : 0))
            std::abort();
    }
    return 0;
}
