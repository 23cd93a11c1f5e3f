"""The commands below `huashu bench`."""
