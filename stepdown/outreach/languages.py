"""Leading whoever opens a link to the page in the language in which we write to them."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language_from_path

from stepdown.outreach import words


def in_their_language(request: HttpRequest, language: str) -> str:
    """The link's address in the reader's language, for whoever comes from elsewhere to the one without a language.

    Empty when they are right here: also who chose another language on a page of ours, which the browser tells by it.
    """
    here = request.get_full_path()
    from_us = urlsplit(request.headers.get("Referer", "")).netloc == request.get_host()
    if request.method != "GET" or from_us or get_language_from_path(here):
        return ""
    there = translate_url(here, words.language_of(language))
    return "" if there == here else there
