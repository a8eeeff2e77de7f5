"""The recovery code on its way to paper."""

from pathlib import Path

from app.atomic_file import write_atomically
from app.i18n import _
from app.services.desk_errors import FileExistsHereError


def write_recovery_code(out: Path, code: str, *, name: str) -> None:
    """Write the code to the new file *out*, for the person to print and to keep apart from the computer.

    Raises:
        FileExistsHereError, and the errors of :mod:`app.file_errors`.
    """
    if out.exists():
        raise FileExistsHereError(file=out.name)
    words = _("Recovery code of the desk of {name}. Keep it apart from the computer; whoever has both can read all.")
    write_atomically(out, f"{code}\n{words.format(name=name)}\n".encode(), verify=True)
