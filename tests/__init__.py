import pytest

# What tests share as classes or functions tells as much as a test itself when it fails.
for shared in (
    "desk.channels.conformance",
    "desk.orders.conformance",
    "retrieval.encoder.conformance",
    "retrieval.vectors.conformance",
):
    pytest.register_assert_rewrite(f"tests.{shared}")
