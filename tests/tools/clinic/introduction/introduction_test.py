"""kaomon-clinic introduce as a clinic's office meets it, and what others make of its holidays and its calendar.

usage: introduction_test.py KAOMON-CLINIC FOLDER-FOR-PYTHON-PACKAGES
"""
import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import warnings

import icalendar
import vobject

CTL, PACKAGES = sys.argv[1:3]


def others_holidays():
    """The package `holidays`, installed once beside the build."""
    place = pathlib.Path(PACKAGES) / "holidays-0.60"
    if not (place / "holidays").is_dir():
        subprocess.run(["/usr/bin/python3", "-m", "pip", "install", "--quiet", "--root-user-action=ignore", "--no-deps", "--target", str(place),
                        "holidays==0.60", "python-dateutil==2.9.0.post0", "six==1.17.0"], check=True, timeout=200)
    sys.path.insert(0, str(place))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it announces its own next version
        import holidays
    return holidays


class Office(unittest.TestCase):
    def setUp(self):
        self.place = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.place.name) / "clinic"

    def tearDown(self):
        self.place.cleanup()

    def ctl(self, *arguments, code=0, lang="C.UTF-8"):
        environment = {**os.environ, "LANG": lang, "LC_ALL": "", "HOME": self.place.name}
        environment.pop("KAOMON_INTRODUCTION", None)
        ended = subprocess.run([CTL, "--folder", str(self.folder), *arguments], env=environment, capture_output=True,
                               text=True, timeout=60, check=False)
        self.assertEqual(ended.returncode, code, ended.stdout + ended.stderr)
        return ended

    def plan(self, *arguments, code=0):
        return json.loads(self.ctl("introduce", "plan", "--json", *arguments, code=code).stdout)

    first = ("--open", "2027-04", "--prefecture", "愛媛県", "--kind", "clinic", "--today", "2026-11-24")

    def test_plan_is_japanese_and_has_what_the_contract_says(self):
        said = self.ctl("introduce", "plan", *self.first).stdout
        self.assertIn("診療開始月 2027年4月", said)
        self.assertIn("2027年2月1日（月）", said)
        self.assertIn("四国厚生支局", said)
        plan = self.plan(*self.first)
        self.assertEqual([step["number"] for step in plan["steps"]], list(range(1, 10)))
        for step in plan["steps"]:
            for key in ("title", "earliest", "latest", "who", "source"):
                self.assertTrue(isinstance(step[key], str) and step[key], key)
            self.assertIsInstance(step["certain"], bool)
            self.assertLessEqual(step["earliest"], step["latest"])
        self.assertEqual(plan["steps"][4]["latest"], "2027-02-01")
        self.assertIn("ask for", self.ctl("--lang", "en", "introduce", "plan", *self.first).stdout)

    def test_the_first_plan_is_kept_and_a_what_if_is_not(self):
        self.ctl("introduce", "plan", *self.first)
        self.assertEqual(self.plan("--today", "2026-11-24")["open"], "2027-04")
        self.assertIn("--save", self.ctl("introduce", "plan", "--open", "2027-06", "--today", "2026-11-24").stdout)
        self.assertEqual(self.plan("--today", "2026-11-24")["open"], "2027-04")
        self.ctl("introduce", "plan", "--open", "2027-06", "--today", "2026-11-24", "--save")
        self.assertEqual(self.plan("--today", "2026-11-24")["open"], "2027-06")

    def test_asked_too_late_names_the_first_month_and_ends_with_seven(self):
        plan = self.plan(*self.first[:-1], "2027-02-02", code=7)
        self.assertTrue(plan["too_late"])
        self.assertEqual(plan["first_possible"], "2027-05")
        said = self.ctl("introduce", "plan", *self.first[:-1], "2027-02-02", code=7).stdout
        self.assertIn("一番早い月は 2027年5月", said)

    def test_the_first_line_says_whether_it_was_kept(self):
        def first_line(*arguments, code=0):
            return self.ctl("introduce", "plan", *arguments, code=code).stdout.splitlines()[0]

        self.assertIn("この内容を記録しました", first_line(*self.first))
        self.assertIn("記録してある内容のまま", first_line("--today", "2026-11-24"))
        self.assertIn("記録は変えていません", first_line("--open", "2027-06", "--today", "2026-11-24"))
        self.assertIn("記録を書き換えました（前の記録: 2027-04", first_line("--open", "2027-06", "--today", "2026-11-24", "--save"))
        self.assertIn("記録しませんでした", first_line("--open", "2026-12", "--today", "2026-11-24", "--save", code=7))
        self.assertEqual(self.plan("--today", "2026-11-24")["open"], "2027-06")

    def test_an_impossible_month_is_not_kept_and_no_day_that_is_gone_is_to_do(self):
        late = ("--open", "2026-12", "--prefecture", "愛媛県", "--kind", "clinic", "--today", "2026-11-29")
        said = self.ctl("introduce", "plan", *late, code=7).stdout
        self.assertFalse((self.folder / "clinic.toml").exists())
        self.assertIn("いますること: 診療開始月を決め直す", said)
        self.assertIn("いますること: 診療開始月を決め直す", (self.ctl("introduce", "page", *late, code=0),
                                                            (self.folder / "introduction.html").read_text())[1])
        self.assertNotIn("introduce done", self.ctl("introduce", "next", *late, code=7).stdout)

    def test_a_guess_that_has_passed_is_ring_today(self):
        said = self.ctl("introduce", "plan", "--open", "2027-04", "--prefecture", "Osaka", "--kind", "薬局", "--today",
                        "2027-02-03").stdout
        self.assertIn("今日、近畿厚生局に電話して期限を確かめてください", said)
        self.assertNotIn("間に合いません", said)
        self.assertNotIn("期限を過ぎました", said)

    def test_months_kinds_and_prefectures_as_people_write_them(self):
        plan = self.plan("--open", "令和9年4月", "--prefecture", "Hyogo", "--kind", "薬局", "--today", "2026-11-24")
        self.assertEqual((plan["open"], plan["prefecture"], plan["kind"]), ("2027-04", "兵庫県", "pharmacy"))
        self.ctl("profile", "open=令和9年6月", "kind=歯科", "prefecture=Oita")
        plan = self.plan("--today", "2026-11-24")
        self.assertEqual((plan["open"], plan["prefecture"], plan["kind"]), ("2027-06", "大分県", "dental"))
        self.assertIn("のことですか", self.ctl("profile", "prefecture=愛嬡県", code=3).stderr)
        self.assertIn("薬局", self.ctl("introduce", "plan", "--kind", "zoo", code=3).stderr)

    def test_steps_six_to_eight_say_that_they_share_a_few_days(self):
        said = self.ctl("introduce", "plan", *self.first).stdout
        self.assertEqual(said.count("⑥⑦⑧は同じ期間です"), 3)
        self.assertIn("開庁日は3日だけ", said)
        self.assertIn("前の情報", said)

    def test_steps_are_done_undone_and_next_moves_on(self):
        self.ctl("introduce", "plan", *self.first)
        self.assertIn("1 顔認証付きカードリーダー", self.ctl("introduce", "next", "--today", "2026-11-24").stdout)
        self.assertIn("その前の手順がまだです", self.ctl("introduce", "done", "6", "--today", "2026-11-24").stdout)
        self.ctl("introduce", "undo", "6")
        self.ctl("introduce", "undo", "6", code=3)
        for number in ("1", "2", "3", "4"):
            self.ctl("introduce", "done", number, "--on", "2026-11-20", "--today", "2026-11-24")
        self.ctl("introduce", "done", "5", "--number", "四-123", "--on", "2026-11-24", "--today", "2026-11-24")
        after = json.loads(self.ctl("introduce", "next", "--json", "--today", "2026-11-24").stdout)
        self.assertEqual(after["next"]["number"], 6)
        self.assertEqual(self.plan("--today", "2026-11-24")["steps"][4]["done"]["number"], "四-123")

    def test_bad_input_is_one_sentence_and_loses_nothing(self):
        self.ctl("introduce", "plan", *self.first)
        self.ctl("introduce", "done", "1", "--on", "2026-11-20", "--today", "2026-11-24")
        kept = (self.folder / "steps.json").read_text()
        for arguments, word in ((("plan", "--open", "2027-13"), "という月はありません"),
                                (("plan", "--open", "2060-01"), "日程は作れません"),
                                (("plan", "--prefecture", "愛嬡県"), "「愛媛県」のことですか"),
                                (("plan", "--today", "2027-02-30"), "という日はありません"),
                                (("plan", "--rules", "/nowhere"), "開けません"),
                                (("done", "2", "--on", "2027-01-01", "--today", "2026-11-24"), "まだ来ていません"),
                                (("done", "2", "--number", "x" * 65), "64文字")):
            self.assertIn(word, self.ctl("introduce", *arguments, code=3).stderr)
        self.ctl("introduce", "done", "10", code=3)
        self.ctl("introduce", "plan", "--kind", "zoo", code=3)
        self.assertEqual((self.folder / "steps.json").read_text(), kept)

    def test_nothing_known_yet_is_said(self):
        self.assertIn("診療開始月がまだ決まっていません", self.ctl("introduce", "next", code=3).stderr)
        self.assertFalse(self.folder.exists())

    def test_a_damaged_file_is_kept_and_the_last_good_one_used(self):
        self.ctl("introduce", "plan", *self.first)
        self.ctl("introduce", "done", "1", "--on", "2026-11-20", "--today", "2026-11-24")
        (self.folder / "steps.json").write_text('{"1": {"on": "2026-')
        ended = self.ctl("introduce", "plan", "--json", "--today", "2026-11-24")
        self.assertIn("steps.json.bad", ended.stderr)
        self.assertEqual(json.loads(ended.stdout)["steps"][0]["done"]["on"], "2026-11-20")
        self.assertEqual((self.folder / "steps.json.bad").read_text(), '{"1": {"on": "2026-')

    def test_the_calendar_is_read_by_others(self):
        self.ctl("introduce", "plan", *self.first)
        self.ctl("introduce", "done", "1", "--on", "2026-11-20", "--today", "2026-11-24")
        self.ctl("introduce", "calendar", "--today", "2026-11-24")
        raw = (self.folder / "calendar.ics").read_bytes()
        calendar = icalendar.Calendar.from_ical(raw)
        events = calendar.walk("VEVENT")
        self.assertEqual(len(events), 9)
        self.assertEqual(len({str(event["UID"]) for event in events}), 9)
        for event in events:
            self.assertFalse(event.errors)
            start, end = event.decoded("DTSTART"), event.decoded("DTEND")
            self.assertIsInstance(start, datetime.date)
            self.assertEqual(end - start, datetime.timedelta(days=1))
            alarms = [part for part in event.subcomponents if part.name == "VALARM"]
            done = str(event["SUMMARY"]).startswith("済")
            self.assertEqual([alarm.decoded("TRIGGER") for alarm in alarms],
                             [] if done else [datetime.timedelta(days=-13, hours=-15), datetime.timedelta(days=-2, hours=-15)])
        self.assertEqual(events[4].decoded("DTSTART"), datetime.date(2027, 2, 1))
        self.assertIn("受付番号の情報提供依頼", str(events[4]["SUMMARY"]))
        self.assertEqual(self.ctl("introduce", "calendar", "-o", "-", "--today", "2026-11-24").stdout.encode()
                         .replace(b"\n", b"\r\n"), raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))

    def test_a_second_parser_reads_the_same_calendar(self):
        self.ctl("introduce", "plan", *self.first)
        text = self.ctl("introduce", "calendar", "-o", "-", "--today", "2026-11-24").stdout
        events = list(vobject.readOne(text).vevent_list)
        latest = [step["latest"] for step in self.plan("--today", "2026-11-24")["steps"]]
        self.assertEqual([event.dtstart.value.isoformat() for event in events], latest)
        for event in events:
            event.validate(raiseException=True)
            self.assertEqual(len(list(event.valarm_list)), 2)
        # Google takes at most 1 MB and shows 8 KB of a description; Thunderbird takes what RFC 5545 does
        self.assertLess(len(text.encode()), 1_000_000)
        self.assertLess(max(len(event.description.value) for event in events), 8_000)

    def test_a_calendar_made_again_moves_its_events_and_adds_none(self):
        self.ctl("introduce", "plan", *self.first)

        def uids(*arguments):
            text = self.ctl("introduce", "calendar", "-o", "-", *arguments).stdout
            return [str(event["UID"]) for event in icalendar.Calendar.from_ical(text).walk("VEVENT")]

        first = uids("--today", "2026-11-24")
        self.ctl("introduce", "done", "1", "--on", "2026-11-20", "--today", "2026-11-24")
        self.assertEqual(first, uids("--today", "2026-12-24"))
        self.assertEqual(set(first) & set(uids("--today", "2026-12-24", "--open", "2027-05")), set())

    def test_each_edition_of_the_calendar_is_newer_than_the_one_before(self):
        self.ctl("introduce", "plan", *self.first)

        def edition(*arguments):
            self.ctl("introduce", "calendar", *arguments)
            events = icalendar.Calendar.from_ical((self.folder / "calendar.ics").read_bytes()).walk("VEVENT")
            self.assertEqual(len({(event["SEQUENCE"], event.decoded("DTSTAMP")) for event in events}), 1)
            self.assertEqual(events[0].decoded("DTSTAMP"), events[0].decoded("LAST-MODIFIED"))
            return events[0]["SEQUENCE"], events[0].decoded("DTSTAMP")

        began = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
        first = edition("--today", "2026-11-24")
        self.assertLessEqual(began, first[1])
        self.assertLessEqual(first[1], datetime.datetime.now(datetime.timezone.utc))
        self.assertEqual(edition("--today", "2026-11-24"), first, "nothing has changed")
        self.ctl("introduce", "done", "1", "--on", "2026-11-20", "--today", "2026-11-24")
        second = edition("--today", "2026-11-24")
        self.assertGreater(second[0], first[0])
        self.assertGreaterEqual(second[1], first[1])
        (self.folder / "calendar.json").write_text("{")
        self.ctl("introduce", "done", "2", "--on", "2026-11-20", "--today", "2026-11-24")
        self.assertGreater(edition("--today", "2026-11-24")[0], second[0], "the last good record counts")

    def test_a_clock_that_is_a_year_behind_is_told(self):
        self.ctl("introduce", "plan", *self.first)
        kept = (self.folder / "clinic.toml").read_text()
        fake = str(next(pathlib.Path("/usr/lib").glob("*/faketime/libfaketime.so.1")))
        os.environ.update({"LD_PRELOAD": fake, "FAKETIME": "@2025-11-25 12:00:00",
                           "ASAN_OPTIONS": "verify_asan_link_order=0:" + os.environ.get("ASAN_OPTIONS", "")})
        try:
            for command in (["introduce", "plan"], ["introduce", "next"], ["introduce", "done", "1"], ["procure", "quote"]):
                self.assertIn("遅れています", self.ctl(*command, code=3).stderr)
            self.ctl("introduce", "plan", "--today", "2026-11-24")
        finally:
            del os.environ["LD_PRELOAD"], os.environ["FAKETIME"], os.environ["ASAN_OPTIONS"]
        self.assertEqual((self.folder / "clinic.toml").read_text(), kept)

    def test_the_page_and_the_index(self):
        self.ctl("introduce", "plan", *self.first)
        self.ctl("introduce", "page", "--today", "2026-11-24")
        page = (self.folder / "introduction.html").read_text()
        for text in ("2027年2月1日（月）", "四国厚生支局", "2024年7月31日（水）付", "確認日: 2026年11月25日", "https://kouseikyoku.mhlw.go.jp/shikoku/", "<svg"):
            self.assertIn(text, page)
        self.assertIn('<a href="introduction.html">', (self.folder / "index.html").read_text())

    def test_holidays_are_those_of_others(self):
        library = others_holidays()
        for year in range(2024, 2051):
            ours = {entry["day"] for entry in
                    json.loads(self.ctl("introduce", "holidays", str(year), "--json").stdout)["holidays"]}
            theirs = {day.isoformat() for day in library.country_holidays("JP", years=year)}
            self.assertEqual(ours, theirs, year)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
