"""Squares for a phone's camera (QR codes), as drawings for paper."""

import io


def qr_code(text: str) -> str:
    """The square of the text as an SVG drawing on one line, with the quiet zone that readers need (ISO/IEC 18004).

    Error correction is M at least, so that a fold or a stain does not hide it.
    """
    import segno

    made = io.BytesIO()
    segno.make(text, error="m", micro=False).save(made, kind="svg", xmldecl=False, svgns=True, nl=False, border=4)
    return made.getvalue().decode()
