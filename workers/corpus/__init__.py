"""Made reports: for `gouji make-corpus`, with which people try their deployment, and for tests and benchmarks.

One report is drawn from a seed and a number, may be spoilt in one known way, and is printed in one of the formats that
need no outside program. `write.run` is the command.
"""
