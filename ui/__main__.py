"""``python -m ui``, and where the frozen window begins."""

import sys

from ui.main import main

sys.exit(main())
