"""What is computed of many cases: values, how sure they are, and whether two runs differ."""
