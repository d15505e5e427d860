"""Check that the built site has every page which _toc.yml names: `jupyter-book build` may not say."""

import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "_build" / "html"


def pages(entry):
    """Yield the pages of a table of contents, in their order."""
    for key in ("root", "file"):
        if key in entry:
            yield entry[key]
    for key in ("parts", "chapters", "sections"):
        for child in entry.get(key, []):
            yield from pages(child)


def wanted_pages():
    """Return the pages that _toc.yml names, in their order."""
    return list(pages(yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))))


def is_whole(page):
    """Tell whether a page was written with a heading."""
    file = SITE / f"{page}.html"
    return file.is_file() and "<h1>" in file.read_text(encoding="utf-8")


def main():
    """Return 0 if all pages are there, 1 otherwise."""
    wanted = wanted_pages()
    missing = [page for page in [*wanted, "search"] if not is_whole(page)]
    if not (SITE / "index.html").is_file():
        missing.append("index")
    for page in missing:
        print(f"error: {SITE / page}.html was not built, or has no heading", file=sys.stderr)
    if not missing:
        print(f"The website has its {len(wanted)} pages")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main())
