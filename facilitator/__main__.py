"""`python -m facilitator`."""

import sys

from facilitator.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
