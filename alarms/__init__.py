"""What in a buyer's line a person must see soon, judged by a model trained on labelled lines of our own."""
