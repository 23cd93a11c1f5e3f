"""The command line `huashu`: one file per command."""
