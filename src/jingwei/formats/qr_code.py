"""QR codes as SVG that scales, dark on white whatever the page's colours: cameras read no other."""


def svg_inline(text: str, title: str, pixels: int) -> str:
    """For the middle of a page."""
    import segno

    drawn: str = segno.make(text, error="m", micro=False).svg_inline(omitsize=True, border=4, dark="#000", light="#fff", title=title)
    return drawn.replace("<svg ", f'<svg width="{pixels}" height="{pixels}" role="img" ', 1)


def svg(text: str) -> bytes:
    """By itself, as a picture."""
    from io import BytesIO

    import segno

    out = BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", omitsize=True, border=2, dark="#000", light="#fff")
    return out.getvalue()
