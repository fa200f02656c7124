"""tests/tally counts what ctest wrote: every case once, a crash as a failure, a skip with its reason.

usage: tally_test.py TALLY
"""
import pathlib
import subprocess
import sys
import tempfile
import unittest

TALLY = sys.argv[1]
GTEST = """[==========] Running 4 tests from 1 test suite.
[ RUN      ] Room.Stands
[       OK ] Room.Stands (0 ms)
[ RUN      ] Room.Asks
/room_test.cpp:3: Skipped
only root may
[  SKIPPED ] Room.Asks (0 ms)
[==========] 4 tests from 1 test suite ran. (0 ms total)
[  PASSED  ] {} tests.
[  SKIPPED ] 1 test, listed below:
[  SKIPPED ] Room.Asks
"""
FAILED = """[  FAILED  ] 1 test, listed below:
[  FAILED  ] Room.Falls

 1 FAILED TEST
"""
UNITTEST = """test_a (__main__.Line.test_a) ... ok
test_b (__main__.Line.test_b) ... skipped 'no line here'
----------------------------------------------------------------------
Ran 5 tests in 0.123s

{}
"""


def entry(name, status, output="", skipped=None):
    mark = f'<skipped message="{skipped}"/>' if skipped else ""
    return f'<testcase name="{name}" status="{status}">{mark}<system-out>{output}</system-out></testcase>'


class Tally(unittest.TestCase):
    def tally(self, *entries):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "cases.xml")
            file.write_text(f"<testsuite>{''.join(entries)}</testsuite>")
            ended = subprocess.run([TALLY, file], capture_output=True, text=True, timeout=60, check=False)
        *reasons, last = ended.stdout.splitlines()
        return last, ended.returncode, reasons

    def test_a_program_of_many_cases(self):
        self.assertEqual(self.tally(entry("room_test", "run", GTEST.format(3))),
                         ("3 passed, 0 failed, 1 skipped", 0, ["skipped: room_test: Room.Asks: only root may"]))

    def test_failed_cases(self):
        last, code, _ = self.tally(entry("room_test", "fail", GTEST.format(2) + FAILED), entry("fuzz_room", "run", "7 corpus files\n"))
        self.assertEqual((last, code), ("3 passed, 1 failed, 1 skipped", 1))

    def test_a_crash_is_a_failure_before_the_summary_and_after_it(self):
        last, code, _ = self.tally(entry("room_test", "fail", GTEST.split("[==========] 4")[0]))
        self.assertEqual((last, code), ("1 passed, 1 failed, 0 skipped", 1))
        last, code, _ = self.tally(entry("room_test", "fail", GTEST.format(3)))
        self.assertEqual((last, code), ("3 passed, 1 failed, 1 skipped", 1))

    def test_python(self):
        self.assertEqual(self.tally(entry("line_test", "run", UNITTEST.format("OK (skipped=1)"))),
                         ("4 passed, 0 failed, 1 skipped", 0, ["skipped: line_test: test_b: no line here"]))
        last, code, _ = self.tally(entry("line_test", "fail", UNITTEST.format("FAILED (failures=1, errors=2, skipped=1)")))
        self.assertEqual((last, code), ("1 passed, 3 failed, 1 skipped", 1))

    def test_whole_entries(self):
        self.assertEqual(self.tally(entry("system/package", "notrun", "only root can", skipped="SKIP_RETURN_CODE=77"),
                                    entry("system/unit", "run", "fine"),
                                    entry("gone_test", "notrun", skipped="Unable to find executable"),
                                    entry("hangs_test", "fail")),
                         ("1 passed, 2 failed, 1 skipped", 1, ["skipped: system/package: only root can"]))

    def test_nothing_is_no_success(self):
        self.assertEqual(self.tally()[:2], ("0 passed, 0 failed, 0 skipped", 1))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
