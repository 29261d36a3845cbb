"""What a file is, by its content. Its name and what a browser says of it are not asked."""

LARGEST = 5 * 1024 * 1024  # bytes
TAIL = 2048  # bytes at the end in which a whole file says that it is over

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"


def kind_of(content: bytes) -> str | None:
    """The media type of a whole PDF, JPEG or PNG file; None for anything else, also for one that is cut off.

    Source: ISO 32000-1, 7.5.2 and 7.5.5 (%PDF- at the start, %%EOF at the end); ITU-T T.81, B.1.1.3 (SOI, EOI);
    PNG specification, 5.2 and 11.2 (signature, IHDR first, IEND last).
    """
    tail = content[-TAIL:]
    if content.startswith(b"%PDF-") and b"%%EOF" in tail:
        return PDF
    if content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in tail:
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR") and b"IEND\xaeB`\x82" in tail:
        return PNG
    return None


def size_said(size: int) -> str:
    """ "340 kB", "7.2 MB"."""
    return f"{max(1, round(size / 1024))} kB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"
