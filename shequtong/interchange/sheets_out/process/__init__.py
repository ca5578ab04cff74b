"""Opens workbooks of others in a process of its own (报表进程), with its own bound of memory and time. Knows nothing of the project but this folder."""
