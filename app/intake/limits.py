"""How much one intake may bring. Settings of the secretariat, not properties of any format."""

from dataclasses import dataclass

MEGABYTE = 1_000_000  # as file managers and people count


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeLimits:
    """Bounds of one run; every excess is a finding that says what to do.

    Attributes:
        file_bytes: one file of a dossier.
        dossier_bytes: all files of one application together; an expert's package carries some fifteen of them.
        files_per_dossier, depth: files and nested folders of one application.
        table_bytes, rows: the summary table.
        name_characters: one cell of words. No honest name comes near it, and none is ever cut.
    """

    file_bytes: int = 50 * MEGABYTE
    dossier_bytes: int = 150 * MEGABYTE
    files_per_dossier: int = 500
    depth: int = 8
    table_bytes: int = 20 * MEGABYTE
    rows: int = 5_000
    name_characters: int = 500

    def __post_init__(self) -> None:
        for name in self.__dataclass_fields__:
            if getattr(self, name) <= 0:
                raise ValueError(name)
