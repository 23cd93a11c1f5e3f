"""A stand-in for Rasa that knows how the lines of a test are read; its entities are those of the real patterns."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from bot.entities.patterns import find_entities
from contracts.taxonomy import intent_of
from contracts.utterance import Utterance
from tests.desk.channels.outside import serving

SURE = 0.97
UNREAD = "out_of_scope/other"


@contextmanager
def label_rasa(topics: Mapping[str, str]) -> Iterator[int]:
    """Serve it; `topics` by the words of the line. Gives the port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({"model_id": "labels"})

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            text = Utterance.unpack(body["text"]).text
            topic = topics.get(text, UNREAD)
            intent = {"name": intent_of(topic), "confidence": SURE}
            entities = [
                {"entity": found.name, "value": found.value, "start": found.start, "end": found.end}
                for found in find_entities(text)
            ]
            read = {"intent": intent, "intent_ranking": [intent], "entities": entities}
            self._answer({**read, "topics": [{"name": topic, "confidence": SURE}]})

        def _answer(self, value: object) -> None:
            content = json.dumps(value).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            return

    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as origin:
        port = urlsplit(origin).port
        assert port is not None
        yield port
