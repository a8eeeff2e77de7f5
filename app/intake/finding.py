"""What was noticed about a row, a cell or a file: how grave it is, which kind, and one sentence with the remedy."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from app.errors import UserFacingError
from app.i18n import N_, _


class Level(StrEnum):
    """In order of gravity: fine, taken with a remark, not taken."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


class Code(StrEnum):
    """The closed list of what can be found; scripts and the help desk rely on the words."""

    # files
    NOT_ACCEPTED = "not_accepted"
    EMPTY = "empty"
    DAMAGED = "damaged"
    PASSWORD = "password"  # noqa: S105 - the name of a finding
    TIMEOUT = "timeout"
    CRASHED = "crashed"
    OVER_LIMIT = "over_limit"
    DUPLICATE = "duplicate"
    SAME_IN_OTHER = "same_in_other"
    REPLACES = "replaces"
    TYPE_MISMATCH = "type_mismatch"
    UNREADABLE = "unreadable"
    NOT_A_FILE = "not_a_file"
    IGNORED = "ignored"
    LOOSE_FILE = "loose_file"
    # folders
    FOLDER_WITHOUT_ROW = "folder_without_row"
    FOLDER_DOUBTFUL = "folder_doubtful"
    NO_FOLDER = "no_folder"
    NO_FILES = "no_files"
    FILES_LEFT_OUT = "files_left_out"
    # the table
    NO_HEADER = "no_header"
    COLUMN_MISSING = "column_missing"
    COLUMN_TWICE = "column_twice"
    COLUMN_UNKNOWN = "column_unknown"
    TEMPLATE_VERSION = "template_version"
    MERGED_CELLS = "merged_cells"
    NO_ROWS = "no_rows"
    # cells
    MISSING = "missing"
    NOT_IN_LIST = "not_in_list"
    NUMBER_CELL = "number_cell"
    DIGITS_LOST = "digits_lost"
    LEADING_ZERO = "leading_zero"
    DATE_CELL = "date_cell"
    CELL_ERROR = "cell_error"
    NORMALISED = "normalised"
    USCC_INVALID = "uscc_invalid"
    OTHER_PROVINCE = "other_province"
    TRADEMARK_INVALID = "trademark_invalid"
    STANDARD_INVALID = "standard_invalid"
    STANDARD_YEAR_MISSING = "standard_year_missing"
    PHONE_INVALID = "phone_invalid"
    INDUSTRY_INVALID = "industry_invalid"
    NUMBER_INVALID = "number_invalid"
    RECOMMENDER_UNKNOWN = "recommender_unknown"
    BRANCH_OFFICE = "branch_office"
    # rows among each other and against the record
    NUMBER_TWICE = "number_twice"
    RANK_TWICE = "rank_twice"
    SECOND_RECOMMENDER = "second_recommender"
    ROWS_DISAGREE = "rows_disagree"
    SAME_PRODUCT_OTHER_OPERATOR = "same_product_other_operator"
    OPERATOR_TWO_CODES = "operator_two_codes"
    ALREADY_TAKEN = "already_taken"
    CHANGED_SINCE = "changed_since"


_GRAVITY: Final = {level: place for place, level in enumerate(Level)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark. ``row`` counts as the spreadsheet does; ``column`` is the heading; ``path`` as people see it."""

    level: Level
    code: Code
    sentence: str
    row: int | None = None
    column: str = ""
    path: str = ""


def worst(findings: Iterable[Finding]) -> Level:
    """The gravest level among *findings*; fine where there are none."""
    return max((finding.level for finding in findings), key=_GRAVITY.__getitem__, default=Level.OK)


def gravest(findings: Iterable[Finding]) -> Finding | None:
    """The first of the gravest findings."""
    return max(findings, key=lambda finding: _GRAVITY[finding.level], default=None)


# What each kind says and how grave it is. Kinds with an error class of their own speak its sentence.
_WORDS: Final[dict[Code, tuple[Level, str]]] = {
    Code.NOT_ACCEPTED: (
        Level.ERROR,
        N_("This is an archive, which is not accepted. Unpack it into the folder and run the intake again."),
    ),
    Code.OVER_LIMIT: (Level.ERROR, N_("{size} MB, more than the {limit} MB allowed. {advice}")),
    Code.DUPLICATE: (Level.WARNING, N_("Has the same content as {other}; taken once.")),
    Code.SAME_IN_OTHER: (
        Level.WARNING,
        N_("The same file is also in another dossier ({other}). Check which of the two it belongs to."),
    ),
    Code.REPLACES: (
        Level.WARNING,
        N_("Takes the place of the document of the same name in the record; experts who have it are told. Check it."),
    ),
    Code.UNREADABLE: (Level.ERROR, N_("Could not be read from the disk. Copy it again, or check who may read it.")),
    Code.NOT_A_FILE: (
        Level.WARNING,
        N_("Is a link or no ordinary file and was not followed. Put the file itself into the folder."),
    ),
    Code.IGNORED: (Level.OK, N_("Belongs to the operating system or to another program and was passed over.")),
    Code.LOOSE_FILE: (
        Level.WARNING,
        N_("Lies outside every application's folder and was not taken. Move it into the folder it belongs to."),
    ),
    Code.FOLDER_WITHOUT_ROW: (
        Level.ERROR,
        N_("No row of the table fits this folder. Let its name begin with the row's number, or add the row."),
    ),
    Code.FOLDER_DOUBTFUL: (
        Level.ERROR,
        N_("It is not certain whether “{folder}” belongs to {rows}. Let its name begin with the right row's number."),
    ),
    Code.NO_FOLDER: (
        Level.ERROR,
        N_("No folder for this application. Add one whose name begins with {number}, or take the row out."),
    ),
    Code.NO_FILES: (Level.ERROR, N_("The folder “{folder}” holds no file that could be taken. Add the documents.")),
    Code.FILES_LEFT_OUT: (
        Level.WARNING,
        N_("{count} of {total} files were not taken; each is named in the list of files. Ask for them again."),
    ),
    Code.NO_HEADER: (
        Level.ERROR,
        N_("No heading row was found. Fill in the template and keep its headings as they are."),
    ),
    Code.COLUMN_MISSING: (Level.ERROR, N_("The column “{name}” is missing. Use the template again.")),
    Code.COLUMN_TWICE: (Level.ERROR, N_("The column “{name}” is there twice. Keep one of them.")),
    Code.COLUMN_UNKNOWN: (Level.WARNING, N_("The column “{name}” is not part of the template and was not read.")),
    Code.TEMPLATE_VERSION: (
        Level.WARNING,
        N_("The table does not say that it is template version {version}. It was read by its headings; check it."),
    ),
    Code.MERGED_CELLS: (Level.ERROR, N_("Merged cells hide what belongs to which row. Split them and fill each cell.")),
    Code.NO_ROWS: (Level.ERROR, N_("The table has no rows below its headings. Fill it in and run the intake again.")),
    Code.MISSING: (Level.ERROR, N_("This cell is empty. Fill it in.")),
    Code.NOT_IN_LIST: (Level.ERROR, N_("“{text}” is not one of the choices: {choices}. Choose one of them.")),
    Code.NUMBER_CELL: (
        Level.WARNING,
        N_("Typed as a number and read as {text}. Format the column as text, so that no digit gets lost."),
    ),
    Code.DIGITS_LOST: (
        Level.ERROR,
        N_("The spreadsheet made this code the number {text}; digits are lost. Format the cell as text and retype it."),
    ),
    Code.LEADING_ZERO: (
        Level.ERROR,
        N_("Typed as the number {text}; a zero in front may be lost. Format the cell as text and type it again."),
    ),
    Code.DATE_CELL: (
        Level.ERROR,
        N_("The spreadsheet turned this cell into the date {text}. Format the cell as text and type it again."),
    ),
    Code.CELL_ERROR: (Level.ERROR, N_("This cell holds {text}, which is not a text. Type the value again.")),
    Code.NORMALISED: (
        Level.WARNING,
        N_("Had unusual blanks, full-width or invisible characters and was read as “{text}”. Check it."),
    ),
    Code.OTHER_PROVINCE: (
        Level.WARNING,
        N_("The code was issued in another province. Registration in Liaoning must be shown by the licence (Art. 7)."),
    ),
    Code.INDUSTRY_INVALID: (
        Level.ERROR,
        N_("“{text}” is not an industry code: one letter or none, then 2 to 4 digits of GB/T 4754. Correct it."),
    ),
    Code.NUMBER_INVALID: (Level.ERROR, N_("“{text}” is not a whole number from 1 on. Correct it.")),
    Code.RECOMMENDER_UNKNOWN: (
        Level.WARNING,
        N_("“{text}” names no city, not the demonstration zone and no department of the province. Check the name."),
    ),
    Code.BRANCH_OFFICE: (
        Level.WARNING,
        N_("A branch office is not a legal person. Check that the head office has authorised the application."),
    ),
    Code.NUMBER_TWICE: (Level.ERROR, N_("Row {other} has the same number. Number every row once.")),
    Code.RANK_TWICE: (
        Level.WARNING,
        N_("Row {other} of the same recommender has the same rank. Ask for the right one."),
    ),
    Code.SECOND_RECOMMENDER: (
        Level.WARNING,
        N_("Recommended by {first} as well (row {other}). It is one application; both recommenders are kept."),
    ),
    Code.ROWS_DISAGREE: (
        Level.ERROR,
        N_("Row {other} is the same application and says something else in “{columns}”. Make the rows agree."),
    ),
    Code.SAME_PRODUCT_OTHER_OPERATOR: (
        Level.WARNING,
        N_("{other} applies with the same product and trademark. Both are taken; check whether that is right."),
    ),
    Code.OPERATOR_TWO_CODES: (
        Level.ERROR,
        N_("Row {other} has the same operator, product and trademark under another credit code. One code is wrong."),
    ),
    Code.ALREADY_TAKEN: (Level.OK, N_("Already in the record as {application}; nothing to do.")),
    Code.CHANGED_SINCE: (
        Level.WARNING,
        N_("Already in the record as {application}, where “{columns}” says something else. The record stays as it is."),
    ),
}


def find(
    code: Code,
    *,
    row: int | None = None,
    column: str = "",
    path: str = "",
    level: Level | None = None,
    words: str = "",
    **facts: object,
) -> Finding:
    """A finding with the words of its kind, or with other *words* (marked for translation) that fit the case better."""
    usual_level, usual_words = _WORDS[code]
    return Finding(level or usual_level, code, _(words or usual_words).format(**facts), row, column, path)


def find_error(
    error: UserFacingError,
    code: Code,
    *,
    level: Level = Level.ERROR,
    row: int | None = None,
    column: str = "",
    path: str = "",
) -> Finding:
    """A finding that says the sentence of *error*."""
    return Finding(level, code, error.sentence(), row, column, path)
