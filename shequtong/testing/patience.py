"""How long a test waits for what must happen (等待上限): as it looks at what it waits for, only a failure takes so long.

Where something must happen soon, the test says its own seconds.
"""

PATIENCE = 300.0  # seconds; at a load of eight a process needs one or two minutes to start
