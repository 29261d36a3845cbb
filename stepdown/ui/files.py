"""Files that are handed out to be kept."""

from django.http import HttpResponse


def to_keep(answer: HttpResponse, name: str) -> HttpResponse:
    """The answer as a file of that name, which the browser saves where it is told, never shows within a page, whatever
    is in it, and keeps nowhere else. The name is no person's. Source: OWASP ASVS 5.0, 3.2.1, 14.3.2."""
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
