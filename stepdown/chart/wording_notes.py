"""What a writer is told: after the signature, and about what somebody else did to the same text meanwhile."""

from django.utils.translation import gettext as _

from stepdown.chart.domain.merging import Meanwhile
from stepdown.chart.domain.vocabulary import INTERVENTIONS, QUESTIONS, said
from stepdown.chart.services_writing import Saved
from stepdown.people.models import Staff

CODES = {field: answers for _title, field, answers, _single in QUESTIONS} | {"interventions": INTERVENTIONS}


def told_signed(supervisor: Staff | None) -> str:
    """After a signature. supervisor: who has to co-sign, or None."""
    if supervisor:
        return _("Signed. It is final when %(name)s has co-signed it.") % {"name": supervisor.name}
    return _("Signed. From now on only addenda.")


def told_meanwhile(saved: Saved, to: Staff) -> list[str]:
    """A sentence for each thing that came from elsewhere, with what became of it. Empty when nothing did."""
    who = _("On another page you") if saved.by == to else (saved.by.name if saved.by else _("Somebody"))
    return [sentence for each in saved.meanwhile for sentence in _sentences(each, who)]


def _sentences(each: Meanwhile, who: str) -> list[str]:
    if each.field == "words":
        return _of_words(each, who)
    if each.field == "objective":
        stands = _("yours stands.") if each.is_clash else _("that stands now.")
        return [_("%(who)s chose another objective; %(stands)s") % {"who": who, "stands": stands}]
    if each.field == "topic":
        stands = _("yours stands.") if each.is_clash else _("that stands now.")
        return [
            _("%(who)s wrote the topic “%(it)s”; %(stands)s")
            % {"who": who, "it": " ".join(each.theirs), "stands": stands}
        ]
    theirs, out = (", ".join(said(list(codes), CODES[each.field])) for codes in (each.theirs, each.taken_out))
    if each.is_clash:
        return [_("%(who)s chose “%(it)s” here; yours stands.") % {"who": who, "it": theirs}]
    found = [_("%(who)s chose “%(it)s”; it is chosen now.") % {"who": who, "it": theirs}] if theirs else []
    return [*found, _("%(who)s took “%(it)s” away.") % {"who": who, "it": out}] if out and not theirs else found


def _of_words(each: Meanwhile, who: str) -> list[str]:
    theirs, out = " ".join(each.theirs), " ".join(each.taken_out)
    if each.is_clash:
        sentence = _(
            "Both of you wrote here. %(who)s wrote: “%(it)s” Both versions stand between two marks: make one of them."
        )
        return [sentence % {"who": who, "it": theirs}]
    if theirs:
        return [_("%(who)s wrote here too: “%(it)s” It stands in the text with yours.") % {"who": who, "it": theirs}]
    return [_("%(who)s took this out: “%(it)s”") % {"who": who, "it": out}] if out else []
