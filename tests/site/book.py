"""The pages that the website must have."""

from check_pages import ROOT, wanted_pages

PAGES = wanted_pages()
CHAPTERS = [page for page in PAGES if (ROOT / f"{page}.ipynb").exists()]
