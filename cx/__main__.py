"""`python -m cx …`: see cx/cli.py."""

import sys

from cx.cli import main

sys.exit(main())
