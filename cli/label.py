"""`huashu label`: a small page on this machine to label or correct a file of dialogues."""

from __future__ import annotations

import secrets
import socket
import sys
import webbrowser
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from cli.output import say, tell, to_json
from cli.progress import with_progress
from cli.session import open_desk
from contracts.errors import InputError
from desk.assembly import Desk
from evaluation.labelling.page import Desktop, create_page
from evaluation.labelling.sheet import Sheet
from evaluation.labelling.tasks import Standing, in_order, tasks_of
from evaluation.vocabulary import vocabulary_of
from files.labels import load_labels
from files.taxonomy import load_taxonomy

HOST = "127.0.0.1"


def label(
    file: Annotated[Path, typer.Argument(help="Dialogues as JSON lines, labelled or not; changed in place.")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 0,
    rasa: Annotated[bool, typer.Option(help="Ask the intent model; without it retrieval alone guesses.")] = True,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print the address as JSON.")] = False,
) -> None:
    """Label dialogues by keyboard, what the model and the labels disagree about first; Ctrl-C ends it."""
    with _listening(port) as listener, open_desk(rasa=rasa) as desk:
        desktop = open_desktop(desk, file)
        for note in desk.suggester.parts.notes:
            tell(f"huashu: {note}")
        token = secrets.token_urlsafe(24)
        url = f"http://{HOST}:{listener.getsockname()[1]}/{token}/"
        counts = _counts(desktop)
        say(to_json({"url": url, "tasks": counts}) if as_json else f"{_summary(counts)}\n{url} (Ctrl-C ends it)")
        sys.stdout.flush()
        if browser:
            webbrowser.open(url)
        config = uvicorn.Config(create_page(desktop, token), log_level="warning", access_log=False)
        uvicorn.Server(config).run(sockets=[listener])


def open_desktop(desk: Desk, file: Path) -> Desktop:
    """The file with all that is to judge in it, in its order. Raises DataError, InputError."""
    sheet = Sheet(file, vocabulary_of(desk))
    dialogues = enumerate(sheet.dialogues)
    tasks = [
        task
        for position, labelled in with_progress(dialogues, len(sheet.dialogues), "read")
        for task in tasks_of(desk, position, labelled)
    ]
    data = desk.settings.data
    labels = load_labels(data / "topic_labels.yml", load_taxonomy(data / "taxonomy.yml"))
    clauses = {clause.id: clause for clause in desk.checker.catalogue.all_clauses()}
    return Desktop(sheet, in_order(tasks, sheet.dialogues, sheet.judged), labels, clauses)


def _listening(port: int) -> socket.socket:
    """A socket on which the page will answer. Raises InputError when the port is taken."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen()  # a browser that is opened before the page is up waits and is not refused
    except OSError as error:
        listener.close()
        raise InputError(f"port {port} cannot be used: {error.strerror}; choose another by --port") from None
    return listener


def _counts(desktop: Desktop) -> dict[str, int]:
    found = Counter(task.standing(desktop.sheet.dialogues[task.position]) for task in desktop.tasks)
    return {standing.name.lower(): found[standing] for standing in Standing}


def _summary(counts: dict[str, int]) -> str:
    return f"{counts['disagree']} disagreements, {counts['unlabelled']} without a label, {counts['agree']} agreed"
