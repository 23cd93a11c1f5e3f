"""What Huashu does by itself while nobody is there: read, say little, collect, hand over."""
