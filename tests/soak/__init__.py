"""What the program promises, proven on it as it is: real processes, real signals, real disks.

`python -m tests.soak` does it at full length and prints a scoreboard; `test_reliability.py` calls the
same functions with small sizes.
"""
