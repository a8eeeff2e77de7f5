"""The entry point of ``youpin``."""

import sys
from collections.abc import Sequence

_WORKER = "--decode-worker"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status is 0 done, 1 refused, 2 wrong usage, 3 done in part."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] == [_WORKER]:  # before everything else: the child must not load what it does not need
        from app.decoding.worker import main as work

        return work()
    import multiprocessing

    multiprocessing.freeze_support()
    return _run(given)


def _run(given: list[str]) -> int:
    from app.cli.bugs import listen, note_bug
    from app.cli.commands import parser
    from app.cli.output import Exit, print_refusal, print_report, speak_utf8
    from app.cli.usage import UsageError
    from app.errors import Cancelled, UserFacingError
    from app.i18n import _
    from app.platform.private_files import refuse_others_by_default

    speak_utf8()
    listen()
    refuse_others_by_default()
    as_json = "--json" in given
    try:
        arguments = parser().parse_args(given)
        report = arguments.run(arguments)
    except UsageError as error:
        print(error.sentence, file=sys.stderr)
        return Exit.USAGE
    except UserFacingError as error:
        print_refusal(error, as_json=as_json)
        return Exit.REFUSED
    except (Cancelled, KeyboardInterrupt):
        print(_("Stopped. What was finished before stands."), file=sys.stderr)
        return Exit.REFUSED
    except Exception as error:  # noqa: BLE001 - a bug ends here: its places in the log, a sentence on the screen
        print_refusal(note_bug(error), as_json=as_json)
        return Exit.REFUSED
    print_report(report, as_json=as_json)
    return int(report.status)


if __name__ == "__main__":
    sys.exit(main())
