"""``python -m ui``: the window."""

import sys

if getattr(sys, "frozen", False):
    # A process that helps with an import is this program once more; it ends here and never sees a window.
    import multiprocessing

    multiprocessing.freeze_support()

from ui.main import main

sys.exit(main())
