"""A form of examination (Art. 9) from its YAML file: the default of the program, or the organisers' own."""

from functools import cache

from app.domain.examination import ExaminationForm, Question
from app.errors import UserFacingError
from app.i18n import N_
from app.intake.rubric_file import OFFICIAL, UNOFFICIAL
from app.intake.yaml_file import Entry, YamlProblem, load
from app.paths import resource


class FormFileError(UserFacingError):
    """A file that is no form of examination."""

    code = "examination_form_file"
    message = N_("The examination form is not usable: {what}. Correct the file and try again.")


def read_examination(data: bytes) -> ExaminationForm:
    """The form in *data*.

    Raises:
        FormFileError: its sentence names the place and what is wrong there.
        FormInvalidError: a question twice, or none at all.
    """
    try:
        return _form(Entry(load(data)))
    except YamlProblem as found:
        raise FormFileError(what=str(found)) from None


@cache
def default_examination() -> ExaminationForm:
    """The proposal that comes with the program; it is not official and says so wherever it appears."""
    return read_examination(resource("data", "examination-default.yaml").read_bytes())


def _form(file: Entry) -> ExaminationForm:
    head = file.mapping(required=("examination",))["examination"].mapping(
        required=("id", "version", "status", "questions")
    )
    return ExaminationForm(
        id=head["id"].text(),
        version=head["version"].text(),
        is_official=head["status"].one_of((UNOFFICIAL, OFFICIAL).index, names=f"{OFFICIAL}, {UNOFFICIAL}") == 1,
        questions=tuple(_question(question) for question in head["questions"].items()),
    )


def _question(entry: Entry) -> Question:
    found = entry.mapping(required=("id", "text"), optional=("hint", "article"))
    return Question(
        found["id"].text(),
        found["text"].text(),
        found["hint"].text() if "hint" in found else "",
        found["article"].text() if "article" in found else "",
    )
