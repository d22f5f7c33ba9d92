"""Reading generated pages as a browser would."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

VOID_ELEMENTS = {"meta", "link", "input", "br", "circle", "line", "path"}
LINKS = {"href", "src"}


class Page(HTMLParser):
    """The tags of a page in order, its ids, its links and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in VOID_ELEMENTS:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID_ELEMENTS:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        """All text, with attribute values that people read."""
        return "".join(self.words)

    @property
    def ids(self) -> set[str | None]:
        """The anchors of the page."""
        return {value for _, name, value in self.attributes if name == "id"}

    @property
    def links(self) -> list[str]:
        """Everything the page leads to or loads."""
        return [value or "" for _, name, value in self.attributes if name in LINKS]


def site_pages(folder: Path) -> Iterator[tuple[Path, Page]]:
    """Every page of a site."""
    for path in sorted(folder.rglob("*.html")):
        yield path, Page(path.read_text(encoding="utf-8"))


def site_bytes(folder: Path) -> dict[str, bytes]:
    """Every file of a site."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
