#!/usr/bin/python3 -B
"""tests/fuzz/growth: what libFuzzer says is read right, and a corpus stays small and keeps what was written by hand."""
import importlib.machinery
import importlib.util
import pathlib
import tempfile
import unittest
import unittest.mock

HERE = pathlib.Path(__file__).resolve().parent
loader = importlib.machinery.SourceFileLoader("growth", str(HERE / "growth"))
growth = importlib.util.module_from_spec(importlib.util.spec_from_loader("growth", loader))
loader.exec_module(growth)

SAID = """INFO: seed corpus: files: 3 min: 1b max: 26b total: 44b rss: 34Mb
#4	INITED cov: 310 ft: 402 corp: 3/44b exec/s: 0 rss: 35Mb
#512	NEW    cov: 322 ft: 420 corp: 4/50b lim: 4 exec/s: 0 rss: 36Mb L: 6/26 MS: 1 CMP-
#900	DONE   cov: 322 ft: 421 corp: 4/50b lim: 4 exec/s: 300 rss: 36Mb
"""


class Growth(unittest.TestCase):
    def test_every_target_has_a_corpus_of_its_own_or_shares_one(self):
        declared = [line for line in (HERE / "CMakeLists.txt").read_text().splitlines() if line.startswith("kaomon_fuzz(")]
        self.assertEqual(len(growth.targets()), len(declared))
        for name, corpus in growth.targets().items():
            files = list(corpus.iterdir())
            self.assertLessEqual(len(files), growth.MOST_FILES, name)
            self.assertLessEqual(sum(file.stat().st_size for file in files), growth.MOST_BYTES, name)

    def test_coverage_before_and_after(self):
        self.assertEqual(growth.edges(SAID), (310, 322))
        self.assertEqual(growth.edges("nothing of the kind"), (0, 0))

    def look(self, *outcomes, rounds=5):
        folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        said = [outcome and f"#1\tINITED cov: {outcome[0]} ft: 1\n#2\tDONE   cov: {outcome[1]} ft: 1\n" for outcome in outcomes]
        with unittest.mock.patch.object(growth, "run", side_effect=said), unittest.mock.patch.object(growth, "take") as took:
            return growth.look("some", folder, 60, rounds), took.call_count

    def test_a_target_has_turns_until_little_is_added(self):
        row, taken = self.look((100, 140), (138, 139))
        self.assertEqual((row["before"], row["after"], row["added"], taken), (138, 139, 0.7, 1))

    def test_five_per_cent_are_too_much(self):
        row, taken = self.look((100, 105), (105, 105))
        self.assertEqual((row["before"], taken), (105, 1))

    def test_one_turn_takes_nothing(self):
        row, taken = self.look((100, 140), rounds=1)
        self.assertEqual((row["added"], taken), (40.0, 0))

    def test_a_find_is_no_row(self):
        self.assertIsNone(self.look(None)[0])

    def test_a_full_corpus_loses_the_largest_that_are_new(self):
        corpus = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        for name, size in (("by_hand", 900), ("small", 10), ("large", 500)):
            (corpus / name).write_bytes(b"x" * size)
        with unittest.mock.patch.multiple(growth, run=lambda *words: "", ROOT=corpus, MOST_FILES=2,
                                          known_files=lambda folder: {corpus / "by_hand"}):
            growth.take("some", corpus, corpus)
        self.assertEqual({file.name for file in corpus.iterdir()}, {"by_hand", "small"})


if __name__ == "__main__":
    unittest.main()
