"""Runs first in both frozen programs: with the worker's argument they are the decoding child and nothing else.

In the frozen program the interpreter cannot be asked to run a module, so ``child.worker_command`` starts the program
itself once more. ``build.spec`` names this file as a run-time hook, so that neither entry point has to know.
"""

import sys

if getattr(sys, "frozen", False) and sys.argv[1:2] == ["--decode-worker"]:
    import os

    from app.decoding.worker import main

    os._exit(main())
