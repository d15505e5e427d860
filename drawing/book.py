"""Hands a picture's alt text to the built book.

MyST-NB, which turns notebooks into pages, keeps a stored picture's width but drops its alt text. It asks the
plugins registered under ``myst_nb.mime_renderers`` first (see pyproject.toml); this is ours.
"""

__all__ = ["PictureRenderer"]


class PictureRenderer:
    """Render an ``image/png`` output whose metadata hold an alt text."""

    mime_priority_overrides = ()

    @staticmethod
    def handle_mime(renderer, data, inline):
        """Return the picture's nodes with its alt text, or None for any other output.

        Parameters
        ----------
        renderer : myst_nb.core.render.NbElementRenderer
            MyST-NB's own renderer, which writes the file.
        data : myst_nb.core.render.MimeData
            The output.
        inline : bool
            Whether the output stands within a line of text.

        Returns
        -------
        list of docutils.nodes.image or None
            None leaves the output to MyST-NB.
        """
        if data.mime_type != "image/png":
            return None
        alt = data.output_metadata.get("image/png", {}).get("alt")
        if not alt:
            return None
        images = renderer.render_image(data)
        for image in images:
            image["alt"] = alt
            # "dark-light" tells the theme that the picture is made for dark pages as well.
            image["classes"] = [*image.get("classes", ()), "drawing", "dark-light"]
        return images
