"""`/sidebar`: the page that desks of others show in a frame (docs/sidebar.md)."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from desk.routes.frame import OriginsOf
from desk.routes.panel import CONTENT, SAFE, FolderOf, missing_page

router = APIRouter(include_in_schema=False)


@router.get("/sidebar")
def show_sidebar(origins: OriginsOf, folder: FolderOf) -> Response:
    """The side bar, in the frame of these origins alone; 404 when there is none."""
    policy = f"{CONTENT}; frame-ancestors {' '.join(origins)}"
    headers = {**SAFE, "Content-Security-Policy": policy, "Cache-Control": "no-cache"}
    page = folder / "sidebar.html"
    if not page.is_file():
        return missing_page(headers)
    return HTMLResponse(page.read_bytes(), headers=headers)
