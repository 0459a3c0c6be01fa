"""Exit codes of start-up refusals: one table for every process and for the RUNBOOK.

70 the settings are wrong, or the machine cannot keep a document's process from network and files (GOUJI_SANDBOX)
71 Redis cannot be reached
72 the store cannot be reached, refuses the keys, or lacks a bucket
73 the state directory cannot be written
74 a port is taken
75 an embedded server cannot start
76 another `gouji up` runs on this state directory
77 the event queue cannot be used
78 the broker is set up unsafely
79 this machine's clock is off
"""

from __future__ import annotations

EXIT_SETTINGS = 70
EXIT_BROKER = 71
EXIT_STORE = 72
EXIT_STATE_DIR = 73
EXIT_PORT = 74
EXIT_EMBEDDED = 75
EXIT_ALREADY_RUNNING = 76
EXIT_QUEUE = 77
EXIT_BROKER_UNSAFE = 78
EXIT_CLOCK = 79
