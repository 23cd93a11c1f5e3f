"""The panel: the web page that set-up has built below `var/panel`, and what is said where it has not been built."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException
from fastapi.responses import FileResponse, HTMLResponse, Response

from desk.routes.services import DeskOf

router = APIRouter(include_in_schema=False)

FOLDER = "panel"
"""Where the built panel lies, below `var`."""

PAGES = (
    "",
    "login",
    "password",
    "library",
    "rules",
    "misses",
    "statistics",
    "handover",
    "shifts",
    "people",
    "demo",
)
"""First parts of the addresses that the panel's own router answers."""

CONTENT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'"
)
"""Nothing from elsewhere, no script in the page itself. Charts and menus place themselves by
style attributes."""

SAFE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
_PAGE_HEADERS = {
    **SAFE,
    "Content-Security-Policy": f"{CONTENT}; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-cache",
}
_FOR_EVER = {**SAFE, "Cache-Control": "public, max-age=31536000, immutable"}
"""Assets have a hash of their content in their name."""

_MISSING = """<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>话术</title></head>
<body>
<h1>工作台还没有准备好</h1>
<p>请在安装话术的机器上，在项目文件夹里运行 <code>make setup</code>，完成后刷新这一页。</p>
<p>这一步需要联网下载网页组件。接口不受影响：<a href="/docs">/docs</a>。</p>
<h2 lang="en">The panel has not been built yet</h2>
<p lang="en">On the machine that runs Huashu, in the project's folder, run <code>make setup</code>; then load this page
again. The step downloads parts of the page from the npm registry. The API works all the same:
<a href="/docs">/docs</a>.</p>
</body>
</html>
"""


def get_folder(desk: DeskOf) -> Path:
    """Where the built panel lies."""
    return desk.settings.var / FOLDER


FolderOf = Annotated[Path, Depends(get_folder)]


def show_page(folder: FolderOf) -> Response:
    """The panel; its own router reads the address."""
    index = folder / "index.html"
    if not index.is_file():
        return missing_page(_PAGE_HEADERS)
    return HTMLResponse(index.read_bytes(), headers=_PAGE_HEADERS)


def missing_page(headers: Mapping[str, str]) -> Response:
    """What is shown where the panel has not been built."""
    return HTMLResponse(_MISSING, 503, headers)


for _page in PAGES:
    router.add_api_route(f"/{_page}", show_page, methods=["GET"])
    if _page:
        router.add_api_route(f"/{_page}/{{rest:path}}", show_page, methods=["GET"])


@router.get("/assets/{name}")
def show_asset(name: str, folder: FolderOf) -> Response:
    """A script, a style or a picture of the panel."""
    return _file(folder / "assets" / name, folder / "assets", _FOR_EVER)


@router.get("/favicon.svg")
def show_icon(folder: FolderOf) -> Response:
    """The sign in the browser's tab."""
    return _file(folder / "favicon.svg", folder, {**SAFE, "Cache-Control": "max-age=86400"})


def _file(path: Path, folder: Path, headers: dict[str, str]) -> Response:
    if path.parent != folder or not path.is_file():
        raise HTTPException(404, "not found")
    return FileResponse(path, headers=headers)
