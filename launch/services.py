"""The three services of Huashu: Rasa, its action server, the desk."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from contracts.errors import SetupNeeded
from desk.settings import PROJECT, Settings
from launch.service import Service

MODEL = Path("models") / "huashu.tar.gz"
"""The trained Rasa model, below `var`."""

_LOOPBACK = "127.0.0.1"

_LIVE = ("--ws-ping-interval", "20", "--ws-ping-timeout", "20", "--ws-max-size", "1024")
"""Live connections: clients that do not answer a ping are forgotten, and have no long things to say."""


def rasa_python(project: Path = PROJECT) -> Path:
    """The interpreter of the Rasa runtime. Raises SetupNeeded when there is none."""
    python = project / ".venv-rasa" / "bin" / "python"
    if not python.exists():
        raise SetupNeeded("the Rasa runtime .venv-rasa is missing; run `make setup`")
    return python


def rasa_environment(settings: Settings) -> Mapping[str, str]:
    """What every process of the Rasa runtime is told: our settings, small thread pools, no telemetry."""
    return {
        "HUASHU_ENCODER__MODEL": settings.encoder.model,
        "HUASHU_ENCODER__THREADS": str(settings.encoder.threads),
        "HUASHU_DATA": str(settings.data.resolve()),
        "HUASHU_VAR": str(settings.var.resolve()),
        "HUASHU_RASA__PORT": str(settings.rasa.port),
        "HUASHU_RASA__ACTION_PORT": str(settings.rasa.action_port),
        "HUASHU_DESK__HOST": {"0.0.0.0": _LOOPBACK, "::": "::1"}.get(settings.desk.host, settings.desk.host),
        "HUASHU_DESK__PORT": str(settings.desk.port),
        "OMP_NUM_THREADS": str(settings.encoder.threads),
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore",
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "2",
    }


def rasa_server(settings: Settings, port: int | None = None, model: Path | None = None) -> Service:
    """Rasa on the loopback interface; with a `port` of its own it stands alone, without the action server.

    `model` is another one than that of the set-up. Raises SetupNeeded when runtime or model are missing.
    """
    model = settings.var / MODEL if model is None else model
    if not model.exists():
        raise SetupNeeded("there is no trained Rasa model; run `huashu setup`")
    alone = port is not None
    chosen = settings.rasa.port if port is None else port
    command = [str(rasa_python()), "-m", "rasa", "run", "--enable-api", "-i", _LOOPBACK, "-p", str(chosen)]
    command += ["--model", str(model.resolve())]
    if not alone:
        command += ["--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]
    return Service(
        name="rasa",
        label="Rasa",
        command=tuple(command),
        host=_LOOPBACK,
        port=chosen,
        port_setting="HUASHU_RASA__PORT",
        health="/status",
        log=_log(settings, "rasa-alone" if alone else "rasa"),
        folder=PROJECT,
        env={
            **rasa_environment(settings),
            "TF_INTER_OP_PARALLELISM_THREADS": "1",
            "TF_INTRA_OP_PARALLELISM_THREADS": "1",
        },
        accepts=_has_model,
    )


def action_server(settings: Settings) -> Service:
    """Rasa's action server; it listens where SANIC_HOST says, and must not listen elsewhere (it echoes requests)."""
    port = settings.rasa.action_port
    return Service(
        name="actions",
        label="action server",
        command=(str(rasa_python()), "-m", "rasa_sdk", "--actions", "actions", "--port", str(port)),
        host=_LOOPBACK,
        port=port,
        port_setting="HUASHU_RASA__ACTION_PORT",
        health="/health",
        log=_log(settings, "actions"),
        folder=PROJECT,
        env={**rasa_environment(settings), "SANIC_HOST": _LOOPBACK},
    )


def desk_server(settings: Settings) -> Service:
    """The desk, which everything else is there for."""
    host, port = settings.desk.host, settings.desk.port
    server = (sys.executable, "-m", "uvicorn", "desk.app:create_app", "--factory", "--no-access-log")
    return Service(
        name="desk",
        label="desk",
        command=(*server, "--host", host, "--port", str(port), "--timeout-graceful-shutdown", "2", *_LIVE),
        host=host,
        port=port,
        port_setting="HUASHU_DESK__PORT",
        health="/health/ready",
        log=_log(settings, "desk"),
        folder=PROJECT,
        env={"PYTHONUNBUFFERED": "1"},
        essential=True,
    )


def all_services(settings: Settings) -> tuple[Service, ...]:
    """What `huashu run` starts. Raises SetupNeeded."""
    return rasa_server(settings), action_server(settings), desk_server(settings)


def _has_model(status: bytes) -> bool:
    try:
        answer = json.loads(status)
    except ValueError:
        return False
    return isinstance(answer, dict) and bool(answer.get("model_file"))


def _log(settings: Settings, name: str) -> Path:
    return settings.var / "log" / f"{name}.log"
