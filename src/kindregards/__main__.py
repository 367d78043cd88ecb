"""`python -m kindregards` is the `kindregards` command."""

import sys

from kindregards.cli import main

sys.exit(main())
