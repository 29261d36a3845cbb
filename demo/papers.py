"""Papers that somebody has scanned: files of one page that say what they stand for."""

OBJECTS = (
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
    " /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
)


def paper(*lines: str) -> bytes:
    """A whole PDF file of one page with these lines, plainly made up. Source: ISO 32000-1, 7.5."""
    said = " ".join(f"({line}) Tj T*" for line in ("Plainly made up:", *lines))
    page = f"BT /F1 14 Tf 20 TL 72 700 Td {said} ET"
    content, places = "%PDF-1.4\n", []
    for number, made in enumerate((*OBJECTS, f"<< /Length {len(page)} >>\nstream\n{page}\nendstream"), 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{made}\nendobj\n"
    lines_of_table = "".join(f"{place:010} 00000 n \n" for place in places)
    table = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{lines_of_table}"
    trailer = f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{len(content)}\n%%EOF\n"
    return (content + table + trailer).encode()
