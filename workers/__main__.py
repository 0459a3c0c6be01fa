"""`python -m workers COMMAND`: the command line without its script, as `gouji up` starts its processes."""

from __future__ import annotations

from workers.cli import main

main()
