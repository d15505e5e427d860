"""A Sphinx extension: the site carries its own MathJax and asks for nothing that it does not have.

MathJax comes from the Python package ``sphinx-mathjax-offline``, used here as a box of
files. It is copied beside ``_static/``, not into it: Jupyter Book puts every script that it
finds in ``_static/`` into every page.
"""

import html
import shutil
from importlib.metadata import files
from pathlib import Path

MATHJAX = "mathjax"

# What a page may ask for: the program itself, the fonts, TeX extensions that load when a
# formula uses one, the menu of a formula and its explorer (spoken English).
WANTED = (
    "tex-chtml.js",
    "output/chtml/fonts/woff-v2/*.woff",
    "input/tex/extensions/*.js",
    "ui/*.js",
    "a11y/*.js",
    "sre/mathmaps/base.json",
    "sre/mathmaps/en.json",
)

# The page at the site's own address. A browser asks a page that names no icon for favicon.ico, which there is not.
FIRST_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="icon" href="_static/{icon}">
<meta http-equiv="refresh" content="0; url={page}">
</head>
<body><a href="{page}">{title}</a></body>
</html>
"""


def mathjax_folder():
    """Return the folder of the installed package that holds MathJax 3."""
    start = next(file for file in files("sphinx-mathjax-offline") if file.name == "tex-chtml.js")
    return Path(start.locate()).parent


def copy_mathjax(app):
    """Copy the wanted files into the site, once."""
    if app.builder.format != "html":
        return
    source, target = mathjax_folder(), Path(app.outdir, MATHJAX)
    for pattern in WANTED:
        for file in source.glob(pattern):
            copy = target / file.relative_to(source)
            if not copy.exists():
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, copy)


def point_to_own_files(app, config):
    """Load MathJax from the site (Sphinx reads the path from ``_static/``)."""
    config.mathjax_path = f"../{MATHJAX}/tex-chtml.js"


def remove_thebe(app, pagename, templatename, context, doctree):
    """Take the scripts of sphinx-thebe, which Jupyter Book always adds, off the page.

    They would load live cells from elsewhere; this book has none.
    """
    context["script_files"] = [
        script
        for script in context["script_files"]
        if "thebe" not in f"{script.filename} {script.attributes.get('body', '')}"
    ]


def lead_to_the_first_page(app, exception):
    """Write the page at the site's own address, which leads on to the book's first page."""
    if exception or app.builder.format != "html":
        return
    config = app.config
    page = FIRST_PAGE.format(language=config.language, title=html.escape(config.html_title),
                             icon=Path(config.html_favicon).name, page=app.builder.get_target_uri(config.root_doc))
    Path(app.outdir, "index.html").write_text(page, encoding="utf-8")


def setup(app):
    """Connect the steps above to the build."""
    app.connect("config-inited", point_to_own_files)
    app.connect("builder-inited", copy_mathjax)
    app.connect("html-page-context", remove_thebe, priority=900)
    app.connect("build-finished", lead_to_the_first_page, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
