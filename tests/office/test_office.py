"""The workbooks of a review through second readers: openpyxl reads every one, LibreOffice opens and recalculates them.

Needs openpyxl, `soffice`, and the binary (`cargo build`, or SECREF_BINARY). Run with

    python3 -m unittest discover -s tests/office
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import openpyxl

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("SECREF_BINARY") or str(ROOT / "target/debug/secref")


def secref(*args, ok=(0,)):
    run = subprocess.run([BINARY, "--today", "2020-04-01", *map(str, args)], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode in ok, f"{args}: {run.returncode}\n{run.stderr}"
    return run.stdout


def recalculated(workbook, folder):
    """Opens a workbook in LibreOffice, which computes every formula anew, and saves it again."""
    out = folder / "recalculated"
    out.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out, workbook]
    subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=300)
    return out / workbook.name


class Review(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="secref-office-"))
        cls.review = cls.folder / "review"
        secref("review", "samples/reference-v9.xlsx", "samples/reference-v9r.xlsx", "--answers", "samples/answers-v9.csv",
               "-o", cls.review)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def test_openpyxl_reads_every_workbook(self):
        for name, sheet, least in [("diff.xlsx", "新旧対照表", 60), ("self-check.xlsx", "項目一覧", 308), ("answers.xlsx", None, 308)]:
            book = openpyxl.load_workbook(self.review / name)
            rows = (book[sheet] if sheet else book.worksheets[0]).max_row
            self.assertGreaterEqual(rows, least, name)

    def test_the_cached_values_are_those_libreoffice_computes(self):
        original = self.review / "self-check.xlsx"
        ours = openpyxl.load_workbook(original, data_only=True)
        formulas = openpyxl.load_workbook(original)
        theirs = openpyxl.load_workbook(recalculated(original, self.folder), data_only=True)
        compared = 0
        for sheet in formulas.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and cell.value.startswith("="):
                        old, new = ours[sheet.title][cell.coordinate].value, theirs[sheet.title][cell.coordinate].value
                        if "TODAY()" in cell.value:
                            continue
                        if isinstance(old, (int, float)) and isinstance(new, (int, float)):
                            self.assertAlmostEqual(old, new, 9, f"{sheet.title}!{cell.coordinate} {cell.value}")
                        else:
                            self.assertEqual(old or "", new or "", f"{sheet.title}!{cell.coordinate} {cell.value}")
                        compared += 1
        self.assertGreater(compared, 50)

    def test_a_filled_vendor_workbook_opens_and_keeps_its_texts(self):
        filled = self.folder / "filled.xlsx"
        secref("fill", "samples/reference-v9.xlsx", "samples/answers-v9.csv", "--into", "samples/reference-v9.xlsx", "-o", filled)
        before = openpyxl.load_workbook(ROOT / "samples/reference-v9.xlsx")["リファレンス"]
        after = openpyxl.load_workbook(recalculated(filled, self.folder))["リファレンス"]
        for row in before.iter_rows():
            for cell in row:
                if cell.value is not None:
                    self.assertEqual(cell.value, after[cell.coordinate].value, cell.coordinate)

    def test_an_answer_sheet_filled_in_libreoffice_reads_back(self):
        sheet = self.folder / "sheet.xlsx"
        secref("answer-sheet", "samples/reference-v9.xlsx", "-o", sheet)
        saved = recalculated(sheet, self.folder)
        book = openpyxl.load_workbook(saved)
        table = book.worksheets[0]
        head, column = next(
            (cell.row, cell.column) for row in table.iter_rows() for cell in row if cell.value == "自己評価"
        )
        table.cell(head + 1, column).value = "対応済"
        book.save(saved)
        self.assertIn('"対応済": 1', secref("status", "samples/reference-v9.xlsx", saved, "--format", "json"))


class Readings(unittest.TestCase):
    """openpyxl as a second reader of the samples: what it reads in a bound sheet is somewhere in our catalog."""

    def test_every_text_of_a_bound_sheet_is_in_the_catalog(self):
        compared = 0
        for path in sorted((ROOT / "samples").rglob("*.xlsx")):
            template = path.with_suffix(".toml")
            flags = ["--template", template] if template.exists() else []
            if refused(path):
                secref("convert", path, *flags, "--format", "json", "-o", "-", ok=(2,))
                continue
            catalog = json.loads(secref("convert", path, *flags, "--format", "json", "-o", "-", ok=(0, 1)))
            ours = squeezed("\n".join([*strings(catalog), *led_texts(catalog)]))
            book = openpyxl.load_workbook(path, data_only=True)
            # Lists of documents have headings and numbers of their own.
            lists = {place.rpartition("!")[0] for one in catalog["documents"] + catalog["reports"] for place in one["at"]}
            for sheet in (book[name] for name in catalog["source"]["sheets"] if name not in lists):
                first = first_row(catalog, sheet.title)
                cells = [cell for row in sheet.iter_rows() for cell in row if type(cell.value) in (str, int)]
                # Headings are no values, and some tables repeat them; a dash for no revision says nothing.
                no_values = {"－", "-"} | {squeezed(str(cell.value)) for cell in cells if cell.row < first}
                for cell in (cell for cell in cells if squeezed(str(cell.value)) not in no_values):
                    self.assertIn(squeezed(str(cell.value)), ours, f"{path.name}, {sheet.title}!{cell.coordinate}")
                    compared += 1
        self.assertGreater(compared, 4000)


def refused(path):
    """Whether the outcome kept beside a layout is a refusal."""
    kept = path.with_suffix(".snap")
    return kept.exists() and "\nrefused\n" in kept.read_text(encoding="utf-8")


def led_texts(catalog):
    """Every text with the id in front: an id that leads its text in the cell is read as id and text."""
    for item in catalog["items"]:
        yield from (item["raw_id"] + field["text"] for field in item["fields"].values())


def first_row(catalog, sheet):
    """The row of a sheet's first item."""
    places = (place.rpartition("!") for item in catalog["items"] for place in item["at"])
    return min(int(re.search(r"\d+", cells)[0]) for name, _, cells in places if name.strip("'") == sheet)


def strings(value):
    """Every text of a JSON value, keys included: fields that no template knows are named by their headings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from strings(one)


def squeezed(text):
    """A text without white space and what is dropped with it, and without what is said to be no character."""
    return "".join(c for c in text if not c.isspace() and c not in "\u200b\ufeff>")


if __name__ == "__main__":
    unittest.main()
