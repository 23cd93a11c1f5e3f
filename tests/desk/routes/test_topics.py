from __future__ import annotations

from contracts.taxonomy import Taxonomy
from tests.desk.office import Office


def test_every_topic_has_a_few_words(office: Office, taxonomy: Taxonomy) -> None:
    topics = office.client("li").get("/v1/topics").json()
    assert [topic["topic"] for topic in topics] == [topic.path for topic in taxonomy.topics]
    assert all(topic["label"] and topic["description"] for topic in topics)
