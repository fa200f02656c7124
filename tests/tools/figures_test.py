#!/usr/bin/python3 -B
"""tools/figures: a section for each command, tables out of reports, and nothing lost where a command fails."""
import contextlib
import importlib.machinery
import importlib.util
import io
import json
import pathlib
import sys
import tempfile
import unittest
import unittest.mock

ROOT = pathlib.Path(__file__).resolve().parents[2]


def load():
    loader = importlib.machinery.SourceFileLoader("figures", str(ROOT / "tools/figures"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("figures", loader))
    loader.exec_module(module)
    return module


figures = load()


def run(name, aggregate, time, **more):
    return {"name": f"{name}_{aggregate}", "run_name": name, "run_type": "aggregate", "aggregate_name": aggregate, "real_time": time,
            "cpu_time": time / 2, "time_unit": "us", "iterations": 5, "family_index": 0, **more}


REPORT = json.dumps({"context": {}, "benchmarks": [
    run("call/get_info/real_time", "median", 63.21, bytes=1234.0), run("call/get_info/real_time", "cv", 0.04),
    run("sign", "median", 0.0912), run("sign", "cv", 0.5)]})


class Tables(unittest.TestCase):
    def test_the_medians_of_a_benchmark(self):
        rows = figures.medians("", REPORT).splitlines()
        self.assertEqual(rows[2:], ["| call/get_info | 63.2 us | 31.6 us | 4 % | bytes 1,234 |", "| sign | 0.0912 us | 0.0456 us | 50 % |  |"])

    def test_a_report_without_benchmarks_is_none(self):
        with self.assertRaises(ValueError):
            figures.medians("", '{"benchmarks": []}')

    def test_contestants(self):
        report = {"peak_gmac_per_second": 58.8, "rows": [
            {"task": "mesh", "contestant": "own", "min_ms": 0.9, "median_ms": 0.91, "speed": 3.8, "share_of_peak": 0.65},
            {"task": "mesh", "contestant": "OpenCV", "min_ms": 3.4, "median_ms": 3.46, "speed": 1.0}]}
        said = figures.contest("", json.dumps(report))
        self.assertIn("| mesh | own | 0.910 ms | 0.900 ms | 3.80 x | 65 % |\n| mesh | OpenCV | 3.46 ms | 3.40 ms | 1.00 x |  |", said)
        self.assertIn("Peak: 58.8 GMAC/s", said)

    def test_what_a_test_counted(self):
        said = "Running main() from x\n[ RUN      ] A.B\n1074 states\n\n[       OK ] A.B (3 ms)\n"
        self.assertEqual(figures.counts(said, ""), "```\n1074 states\n```")

    def test_numbers_have_three_digits_that_count(self):
        self.assertEqual([figures.short(one) for one in (0, 0.5, 9.876, 63.21, 412.3, 12511)], ["0", "0.500", "9.88", "63.2", "412", "12,511"])


class Page(unittest.TestCase):
    def setUp(self):
        self.out = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()), "FIGURES.md")
        self.enterContext(unittest.mock.patch.dict("os.environ", PAIRS='{"a_b": 1000}', REPORT=REPORT))
        self.known = {"first": ('echo "$PAIRS"', figures.pairs), "second": ("echo two", figures.as_said),
                      "report": ('echo "$REPORT" >{json}report.json', figures.medians)}
        self.enterContext(unittest.mock.patch.object(figures, "sections", lambda: self.known))

    def write(self, *words):
        said = io.StringIO()
        with unittest.mock.patch.object(sys, "argv", ["figures", "--out", str(self.out), *words]), \
                contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
            return figures.main(), said.getvalue()

    def test_all_in_their_order_each_with_its_command(self):
        self.assertEqual(self.write()[0], 0)
        text = self.out.read_text()
        self.assertLess(text.index("## first"), text.index("## second"))
        self.assertLess(text.index("## second"), text.index("## report"))
        self.assertIn("| a b | 1,000 |", text)
        self.assertIn("| sign | 0.0912 us |", text)
        self.assertIn("`echo two`, 20", text)

    def test_one_section_leaves_the_others(self):
        self.write("second")
        self.known["second"] = ("echo changed", figures.as_said)
        self.known["third"] = ("echo three", figures.as_said)
        self.assertEqual(self.write("third")[0], 0)
        text = self.out.read_text()
        self.assertIn("\ntwo\n", text)
        self.assertIn("\nthree\n", text)
        self.write("third")
        self.assertEqual(text, self.out.read_text())

    def test_what_fails_keeps_its_section_and_is_said(self):
        self.write("second")
        self.known["second"] = ("echo half; false", figures.as_said)
        code, said = self.write("second")
        self.assertEqual(code, 1)
        self.assertIn("second was not measured", said)
        self.assertIn("\ntwo\n", self.out.read_text())

    def test_a_name_that_is_none(self):
        code, said = self.write("frist")
        self.assertEqual(code, 2)
        self.assertIn("no section named frist; there are first, second", said)
        self.assertFalse(self.out.exists())


class Tree(unittest.TestCase):
    def test_every_benchmark_is_a_section(self):
        for source in (ROOT / "tests/bench").glob("*_bench.cpp"):
            self.assertIn(source.name.removesuffix("_bench.cpp"), figures.sections())

    def test_the_page_of_the_tree_is_one_of_its_own(self):
        page = figures.read_page(ROOT / "FIGURES.md")
        self.assertTrue(page)
        self.assertLessEqual(set(page), set(figures.sections()))
        self.assertTrue((ROOT / "FIGURES.md").read_text().startswith(figures.HEAD))


if __name__ == "__main__":
    unittest.main()
