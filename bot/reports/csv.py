"""A table as a file that a spreadsheet opens, and that no spreadsheet calculates with behind one's back."""

import csv
import io

from bot.wording.message import Table

BOM = "\ufeff"  # a spreadsheet takes a file without it for another alphabet, and æøå with it
# What makes a cell a formula, and what spreadsheets drop before they look for one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_of(table: Table) -> str:
    """Every cell in quotes, `;` between them (as a Danish spreadsheet has it), CRLF after each row. No total row."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in (table.head, *table.rows))
    return BOM + out.getvalue()


def harmless(cell: str) -> str:
    """A leading apostrophe makes text of what would have been a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
