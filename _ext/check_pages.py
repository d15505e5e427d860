"""Check that the built site has every page which _toc.yml names, none too large: `jupyter-book build` may not say."""

import re
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "_build" / "html"
LARGEST = 1_500_000  # bytes of a page and its pictures, for a reader with a slow line


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


def weight(page):
    """Return the bytes of a page with its pictures; style and scripts, which all pages share, are left out."""
    file = SITE / f"{page}.html"
    pictures = set(re.findall(r'src="([^"]*_images/[^"]+)"', file.read_text(encoding="utf-8")))
    return file.stat().st_size + sum((file.parent / picture).stat().st_size for picture in pictures)


def main():
    """Return 0 if all pages are there and none is too large, 1 otherwise."""
    wanted = wanted_pages()
    missing = [page for page in [*wanted, "search"] if not is_whole(page)]
    if not (SITE / "index.html").is_file():
        missing.append("index")
    for page in missing:
        print(f"error: {SITE / page}.html was not built, or has no heading", file=sys.stderr)
    weights = {page: weight(page) for page in wanted if page not in missing}
    large = [page for page, size in weights.items() if size > LARGEST]
    for page in large:
        print(f"error: {page} has {weights[page] / 1e6:.1f} MB with its pictures, more than {LARGEST / 1e6:g} MB",
              file=sys.stderr)
    if not missing + large:
        print(f"The website has its {len(wanted)} pages, the largest of {max(weights.values()) / 1e6:.1f} MB")
    return int(bool(missing + large))


if __name__ == "__main__":
    sys.exit(main())
