"""Reading and writing files strictly: errors name file, line and field; nothing is left half-written."""
