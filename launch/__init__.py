"""Set-up and supervision: the two runtimes, the steps of `huashu setup`, the processes of `huashu run`.

`bootstrap`, `runtime`, `interpreters`, `commands` and `progress` run before any runtime exists: standard library
only, Python 3.8 grammar.
"""
