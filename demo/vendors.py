"""Agreements with vendors: one without an end, one that ends soon, one that was ended."""

from datetime import datetime, timedelta

from stepdown.people.models import Role, Staff
from stepdown.privacy import services_vendors
from stepdown.privacy.domain.vendors import MUST_SAY, Kind

PAGE = "BT /F1 14 Tf 72 700 Td (Plainly made up: a signed agreement with a vendor.) Tj ET"
OBJECTS = (
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
    " /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
    f"<< /Length {len(PAGE)} >>\nstream\n{PAGE}\nendstream",
)


def make_agreements(now: datetime) -> None:
    """Nothing is set up in the demo; these would cover it from the day on which it is."""
    by, day = Staff.objects.with_role(Role.PRIVACY).get(), timedelta(days=1)
    terms = {"kind": Kind.BOTH, "says": MUST_SAY[Kind.BOTH], "document": document(), "by": by}
    services_vendors.record(
        party="Example Texts, Inc.",
        services=["text"],
        begins_on=now.date() - 400 * day,
        ends_on=None,
        **terms,
    )
    services_vendors.record(
        party="Example Mail Company",
        services=["mail"],
        begins_on=now.date() - 324 * day,
        ends_on=now.date() + 41 * day,
        **terms,
    )
    ended = services_vendors.record(
        party="Example Meetings, LLC",
        services=["standby", "relay"],
        begins_on=now.date() - 200 * day,
        ends_on=None,
        **terms,
    )
    services_vendors.end(agreement=ended, why="They were bought by a company that signs none.", by=by)


def document() -> bytes:
    """A whole PDF file of one page. Source: ISO 32000-1, 7.5."""
    content, places = "%PDF-1.4\n", []
    for number, made in enumerate(OBJECTS, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{made}\nendobj\n"
    lines = "".join(f"{place:010} 00000 n \n" for place in places)
    table = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{lines}"
    trailer = f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{len(content)}\n%%EOF\n"
    return (content + table + trailer).encode()
