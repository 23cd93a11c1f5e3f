"""`huashu replies`: the approved replies, one file a group of commands."""
