"""What the daemon says in each view of the two pages. The sentences of reasons are those of proto/reasons.inc."""
import pathlib
import re

REASONS = {}
for line in (pathlib.Path(__file__).resolve().parents[4] / "proto/reasons.inc").read_text().splitlines():
    if found := re.match(r'X\((\w+),\s*(\w+),.*?"((?:[^"\\]|\\.)*)", "((?:[^"\\]|\\.)*)"\)', line):
        word, who, ja, en = found.groups()
        REASONS[word] = {"word": word, "who_can_act": who, "ja": ja, "en": en.replace('\\"', '"')}


def reason(word):
    return REASONS[word]


def screen(state="idle", hint=None, **more):
    told = {"screen": "s1", "state": state, "card_present": state not in ("idle", "waiting_card"), "help": False, "clinic": "みかん内科クリニック"}
    return told | ({"hint": reason(hint)} if hint else {}) | more


def staff(state="idle", hint=None, **more):
    told = {"state": state, "methods": [], "earlier": [], "warnings": [], "help": False, "staff": ["sato", "tanaka"]}
    return told | ({"hint": reason(hint)} if hint else {}) | more


def status(state="idle", **more):
    return {"state": state, "reader": "Sony PaSoRi RC-S300", "card_present": False, "camera": "Logitech C920", "troubles": []} | more


ATTRIBUTES = ["name", "birth_date", "sex", "address"]

# view -> the reply of Attach that leads to it. In the order of a visit.
PATIENT = {
    "rest": screen(),
    "put_card": screen("waiting_card", "no_card"),
    "number": screen("waiting_access_number", tries_left=9),
    "consent": screen("waiting_access_number", "consent_missing", attributes=ATTRIBUTES, requester="みかん内科クリニック 受付システム",
                      purpose={"word": "check-in", "sentence": "本日の診察の受付のため"}),
    "working": screen("reading_photo"),
    "look": screen("capturing_face", "face_too_far"),
    "pin": screen("waiting_method", "presence_not_shown", methods=["pin", "visual_check"], pin_tries_left=3),
    "staff_checks": screen("waiting_method", methods=["visual_check"]),
    "done": screen("concluded", "match", decision="verified"),
    "not_now": screen("concluded", "card_expired", decision="undecided"),
    "take_card": screen(card_present=True, alarm=reason("card_left")),
}

FACE_FAILED = [{"method": "face", "reason": reason("no_match")}]
BOTH_FAILED = FACE_FAILED + [{"method": "pin", "reason": reason("pin_wrong")}]

# view -> the replies of Follow and Watch.
STAFF = {
    "idle": (staff(last={"decision": "verified", "method": "face", "reason": reason("match")}), status()),
    "number": (staff("waiting_access_number", "access_number_missing", methods=["face", "pin", "visual_check"], tries_left=9, card_expiry="2035-02-17", purpose="check-in"),
               status("waiting_access_number", card_present=True)),
    "looking": (staff("capturing_face", "face_too_far", methods=["face", "pin", "visual_check"], tries_left=10,
                      warnings=[{"reason": reason("sign_in_certificate_ends_soon"), "day": "2027-02-14"}]),
                status("capturing_face", card_present=True)),
    "method": (staff("waiting_method", "no_match", methods=["pin", "visual_check"], tries_left=10, pin_tries_left=2, earlier=BOTH_FAILED),
               status("waiting_method", card_present=True)),
    "consent": (staff("waiting_access_number", "consent_missing", methods=["face", "visual_check"], tries_left=10, attributes=ATTRIBUTES, purpose="check-in"),
                status("waiting_access_number", card_present=True)),
    "help": (staff("waiting_access_number", "access_number_wrong", methods=["face", "visual_check"], tries_left=7, help=True),
             status("waiting_access_number", card_present=True)),
    "faults": (staff(last={"decision": "not_verified", "method": "face", "reason": reason("no_match")}),
               status(reader="", reader_fault=reason("no_reader"), camera_fault=reason("camera_lost"), card_present=True, alarm=reason("card_left"),
                      troubles=[reason("audit_unwritable"), reason("clock_invalid")])),
}
