"""The workbooks of a review through second readers: openpyxl reads every one, LibreOffice opens and recalculates them.

Needs openpyxl, `soffice`, and the binary (`cargo build`, or SECREF_BINARY). Run with

    python3 -m unittest discover -s tests/office
"""

import os
import pathlib
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


if __name__ == "__main__":
    unittest.main()
