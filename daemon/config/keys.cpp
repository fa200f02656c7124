#include "daemon/config/keys.hpp"

#include "daemon/liveness/kind.hpp"

#include <array>
#include <limits>

namespace kaomon::config {
namespace {

constexpr std::array all_sections{
    Section{"socket", "Where reception software connects."},
    Section{"card", "The card reader and what is demanded of a card."},
    Section{"camera", "The camera."},
    Section{"face", "From pictures to templates."},
    Section{"photo", "The caged decoder of the card's photograph."},
    Section{"match", "How alike is alike enough."},
    Section{"liveness", "What must have been assessed for a positive verdict."},
    Section{"screen", "The patient's own screen, where there is one."},
    Section{"session", "One verification."},
    Section{"result", "The signed result."},
    Section{"audit", "The record of decisions."},
};

constexpr std::array all_keys{
    Key{.section = "socket",
        .name = "path",
        .meaning = "The AF_UNIX socket. At most 107 bytes long.",
        .target = [](Config& c) -> Target { return &c.socket.path; }},
    Key{.section = "socket",
        .name = "group",
        .meaning = "Members of this group may connect. Empty: the daemon's own group.",
        .target = [](Config& c) -> Target { return &c.socket.group; },
        .may_be_empty = true},
    Key{.section = "socket",
        .name = "verify_users",
        .meaning = "Users who may verify a patient. Empty: everyone who can connect.",
        .target = [](Config& c) -> Target { return &c.socket.verify_users; }},
    Key{.section = "socket",
        .name = "staff_users",
        .meaning =
            "Who may hand in a visual check, and by whom: the user of the calling program, a colon, the "
            "id of a\nmember of staff, as \"reception:s-07\". Empty: nobody, and the desk does not "
            "offer the method visual_check.",
        .target = [](Config& c) -> Target { return &c.socket.staff_users; }},
    Key{.section = "socket",
        .name = "audiences",
        .meaning = "Whom the results of a user are made for: the user of the calling program, a colon, the "
                   "name that\nstands in the claim aud, as \"reception:orca\". Another system then does not "
                   "take them. Empty: no such claim.",
        .target = [](Config& c) -> Target { return &c.socket.audiences; }},
    Key{.section = "socket",
        .name = "screen_users",
        .meaning = "Whose screen the patient may key in digits and answer on, and sees the own picture on. "
                   "Empty: nobody's.",
        .target = [](Config& c) -> Target { return &c.socket.screen_users; }},
    Key{.section = "socket",
        .name = "gateway_user",
        .meaning =
            "The user of kaomon-gateway, which speaks for its peers: \"gateway/NAME\" in the lists above. "
            "kaomonctl\ngateway enable sets it. Empty: no gateway.",
        .target = [](Config& c) -> Target { return &c.socket.gateway_user; },
        .may_be_empty = true},
    Key{.section = "card",
        .name = "reader",
        .meaning =
            "A part of the PC/SC reader's name, or parts with * between them. Empty: of all readers\nthe one "
            "on which a card was put last.",
        .target = [](Config& c) -> Target { return &c.card.reader; },
        .may_be_empty = true},
    Key{.section = "card",
        .name = "read_block",
        .meaning = "Bytes to ask a card for at once, as kaomon-clinic choose measure found that the reader "
                   "takes.\n0: "
                   "256, or more where reader and card both announce it.",
        .target = [](Config& c) -> Target { return &c.card.read_block; },
        .lowest = 0,
        .highest = 65'535},
    Key{.section = "card",
        .name = "min_tries",
        .meaning = "With fewer tries of the verification number left than this, no try is spent.",
        .target = [](Config& c) -> Target { return &c.card.min_tries; },
        .lowest = 1,
        .highest = 10},
    Key{.section = "card",
        .name = "min_pin_tries",
        .meaning = "The same for the 4-digit PIN of the sign-in key, which has 3.",
        .target = [](Config& c) -> Target { return &c.card.min_pin_tries; },
        .lowest = 1,
        .highest = 3},
    Key{.section = "card",
        .name = "trust_store",
        .meaning = "Folder of the keys that sign cards (*.toml) and of the authorities of their sign-in "
                   "certificates\n"
                   "(*.pem). While it is empty no card can be proven genuine.",
        .target = [](Config& c) -> Target { return &c.card.trust_store; }},
    Key{.section = "card",
        .name = "idempotency_ledger",
        .meaning = "File of the idempotency keys that had their one try: a repeated message costs none, even "
                   "after a\n"
                   "restart. Empty: \"idempotency_keys\" beside the audit record.",
        .target = [](Config& c) -> Target { return &c.card.idempotency_ledger; },
        .may_be_empty = true},
    Key{.section = "camera",
        .name = "source",
        .meaning = "\"simulated\" plays still pictures; every result then says so.",
        .target = [](Config& c) -> Target { return &c.camera.source; }},
    Key{.section = "camera",
        .name = "device",
        .meaning = "Name under /dev/v4l/by-id, or a path. Empty: the only camera there is.",
        .target = [](Config& c) -> Target { return &c.camera.device; },
        .may_be_empty = true},
    Key{.section = "camera",
        .name = "allow_virtual",
        .meaning =
            "Also a camera that no port of this computer has (v4l2loopback, vivid, USB over the net). For "
            "tests only:\nevery result then says that the camera is simulated.",
        .target = [](Config& c) -> Target { return &c.camera.allow_virtual; }},
    Key{.section = "camera",
        .name = "width",
        .meaning = "Pixels, asked for; the camera may give its nearest.",
        .target = [](Config& c) -> Target { return &c.camera.width; },
        .lowest = 320,
        .highest = 1920},
    Key{.section = "camera",
        .name = "height",
        .meaning = "Pixels, asked for.",
        .target = [](Config& c) -> Target { return &c.camera.height; },
        .lowest = 240,
        .highest = 1920},
    Key{.section = "camera",
        .name = "rate",
        .meaning = "Frames per second, asked for.",
        .target = [](Config& c) -> Target { return &c.camera.rate; },
        .lowest = 5,
        .highest = 60},
    Key{.section = "camera",
        .name = "stills",
        .meaning =
            "Simulated camera only: the JPEG files it plays. \"FILE.jpg#eyes=X,Y,X,Y\" (pixels of both eyes, "
            "the\nleft one as seen first) makes a living head of a still.",
        .target = [](Config& c) -> Target { return &c.camera.stills; }},
    Key{.section = "camera",
        .name = "fault",
        .meaning = "Simulated camera only: a FIFO that takes faults (black, freeze, unplug), requests and "
                   "light. Empty:\nnone.",
        .target = [](Config& c) -> Target { return &c.camera.fault; },
        .may_be_empty = true},
    Key{.section = "camera",
        .name = "seed",
        .meaning = "Simulated camera only: of its movement and noise.",
        .target = [](Config& c) -> Target { return &c.camera.seed; },
        .highest = std::numeric_limits<std::int64_t>::max()},
    Key{.section = "camera",
        .name = "presentation",
        .meaning =
            "Simulated camera only: who or what is held before it. A calm person, a moving one, one with "
            "glasses,\nbefore a window, low in the picture, old or speaking; the still as a print held flat, "
            "bent,\nturned, moved or with the eyes cut out; on a coarse screen or a fine one "
            "(telephone_still), "
            "as a\nvideo on either (video, telephone); injected: a short clip that comes round, a long one, "
            "a "
            "frozen\nfeed.",
        .target = [](Config& c) -> Target { return &c.camera.presentation; }},
    Key{.section = "face",
        .name = "models",
        .meaning = "Folder of the face models and their manifest.",
        .target = [](Config& c) -> Target { return &c.face.models; }},
    Key{.section = "face",
        .name = "arithmetic",
        .meaning = "What the networks compute with: int16 is fastest and as good as fp32 (daemon/decisions "
                   "0027 has the\nerror rates); opencv is slow and there to compare with.",
        .target = [](Config& c) -> Target { return &c.face.arithmetic; }},
    Key{.section = "face",
        .name = "frames",
        .meaning = "How many of the best frames are fused into one template.",
        .target = [](Config& c) -> Target { return &c.face.frames; },
        .lowest = 1,
        .highest = 10},
    Key{.section = "face",
        .name = "min_inter_eye_distance",
        .meaning = "A face whose eyes are fewer pixels apart is asked to come nearer. Under 40 the "
                   "template's pixels are\n"
                   "made up.",
        .target = [](Config& c) -> Target { return &c.face.min_inter_eye_distance; },
        .lowest = 24,
        .highest = 200},
    Key{.section = "face",
        .name = "max_turn",
        .meaning = "A head turned or leaning by more degrees is asked to look to the front. Five more are "
                   "allowed for\n"
                   "looking up or down: cameras seldom hang at the height of the eyes.",
        .target = [](Config& c) -> Target { return &c.face.max_turn; },
        .lowest = 10,
        .highest = 45},
    Key{.section = "photo",
        .name = "worker",
        .meaning = "The program kaomon-photo.",
        .target = [](Config& c) -> Target { return &c.photo.worker; }},
    Key{.section = "photo",
        .name = "budget_ms",
        .meaning = "Time for one photograph, in milliseconds.",
        .target = [](Config& c) -> Target { return &c.photo.budget; },
        .lowest = 20,
        .highest = 2000},
    Key{.section = "match",
        .name = "policy",
        .meaning = "The threshold and the evidence it rests on: see kaomond(8).",
        .target = [](Config& c) -> Target { return &c.match.policy; }},
    Key{.section = "match",
        .name = "population",
        .meaning = "Statistics of the people the desk serves, made by `kaomonctl evaluate population`: fewer "
                   "errors, and the\n"
                   "same for everybody. Empty: none; the thresholds are then those of the group with most "
                   "false matches.",
        .target = [](Config& c) -> Target { return &c.match.population; },
        .may_be_empty = true},
    Key{.section = "liveness",
        .name = "required",
        .meaning =
            "A kind that stands here and was not assessed makes the result undecided.\n"
            "A kind that failed is a veto whether it stands here or not. What stands here is demanded beside "
            "the "
            "four\nfeed kinds and the policy's evidence of presence, which no setting takes away: normal a "
            "movement of the\nhead, a blink or the screen's light; strict the light or a movement that is "
            "asked "
            "for; very-strict two\nkinds. Who cannot show it has the other methods.",
        .target = [](Config& c) -> Target { return &c.liveness.required; },
        .refused = liveness::undemandable},
    Key{.section = "screen",
        .name = "light",
        .meaning =
            "Whether a patient screen may show its colours, for the evidence flash: six of half a second "
            "each, below\n"
            "every flash threshold of WCAG 2.2. A screen can decline by itself.",
        .target = [](Config& c) -> Target { return &c.screen.light; }},
    Key{.section = "screen",
        .name = "clinic",
        .meaning = "The clinic's name, as it stands on the patient's screen. Empty: none.",
        .target = [](Config& c) -> Target { return &c.screen.clinic; },
        .may_be_empty = true},
    Key{.section = "session",
        .name = "deadline_ms",
        .meaning = "The longest session, and the one a caller gets who asks for none, in milliseconds.",
        .target = [](Config& c) -> Target { return &c.session.deadline; },
        .lowest = 1000,
        .highest = 600'000},
    Key{.section = "session",
        .name = "methods",
        .meaning = "The methods that this desk offers: the face, the PIN, a visual check by staff.",
        .target = [](Config& c) -> Target { return &c.session.methods; }},
    Key{.section = "session",
        .name = "suspicion_s",
        .meaning = "How long a card stays under suspicion after a session that ended in a veto (a forged "
                   "card, a forged\n"
                   "camera feed), in seconds; over restarts too.",
        .target = [](Config& c) -> Target { return &c.session.suspicion; },
        .lowest = 60,
        .highest = 86'400},
    Key{.section = "result",
        .name = "issuer",
        .meaning = "The claim \"iss\": this desk's name. Empty: \"kaomon:\" and the id of its key.",
        .target = [](Config& c) -> Target { return &c.result.issuer; },
        .may_be_empty = true},
    Key{.section = "result",
        .name = "key",
        .meaning = "The signing key (PKCS#8 PEM, mode 0600). Made at the first start only. Passed by systemd "
                   "as the\n"
                   "credential signing-key.pem it comes from there.",
        .target = [](Config& c) -> Target { return &c.result.key; }},
    Key{.section = "result",
        .name = "validity_s",
        .meaning = "How long a result can be presented, in seconds.",
        .target = [](Config& c) -> Target { return &c.result.validity; },
        .lowest = 10,
        .highest = 3600},
    Key{.section = "result",
        .name = "subject_secret",
        .meaning =
            "The clinic's secret, by which a result names the card (claim subject): the same at all of its "
            "desks\n(kaomonctl subject). Made where there is none. Empty: subject-secret beside the audit "
            "record.",
        .target = [](Config& c) -> Target { return &c.result.subject_secret; },
        .may_be_empty = true},
    Key{.section = "result",
        .name = "attributes",
        .meaning =
            "What a result may tell of the holder, where the caller wants it and the patient agrees: text "
            "from the\ncard, read with the same number by one more VERIFY of a counter of its own. Empty: "
            "nothing.",
        .target = [](Config& c) -> Target { return &c.result.attributes; }},
    Key{.section = "audit",
        .name = "file",
        .meaning = "JSON lines, each chained to the one before. Its folder must be writable.",
        .target = [](Config& c) -> Target { return &c.audit.file; }},
    Key{.section = "audit",
        .name = "segment_mib",
        .meaning =
            "At this size, in MiB, the file is full: it gets the number of its first record behind its "
            "name\nand the chain goes on in a new one. Full ones may be archived.",
        .target = [](Config& c) -> Target { return &c.audit.segment_mib; },
        .lowest = 1,
        .highest = 1024},
    Key{.section = "audit",
        .name = "monthly",
        .meaning = "Every month (in Japan) has a file of its own, too.",
        .target = [](Config& c) -> Target { return &c.audit.monthly; }},
};

} // namespace

std::span<const Section> sections() noexcept {
    return all_sections;
}
std::span<const Key> keys() noexcept {
    return all_keys;
}

} // namespace kaomon::config
