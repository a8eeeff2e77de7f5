"""``python -m app.cli``, and where the frozen command line begins."""

import sys

from app.cli.main import main

sys.exit(main())
