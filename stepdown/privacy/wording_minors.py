"""Who signs for somebody under 18, in words: of the center's rule, of a consent, of a signature."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from stepdown.privacy import texts
from stepdown.privacy.domain.minors import Relation, Signs

RULES = {
    Signs.MINOR_ALONE: "The minor alone",
    Signs.MINOR_AND_PARENT: "The minor and a parent",
}
RELATIONS = {
    Relation.MOTHER: gettext_lazy("Mother"),
    Relation.FATHER: gettext_lazy("Father"),
    Relation.GUARDIAN: gettext_lazy("Legal guardian"),
    Relation.OTHER: gettext_lazy("Somebody else who may decide by law"),
}
ROLES = {
    Signs.PATIENT: gettext_lazy("the patient"),
    Signs.MINOR_ALONE: gettext_lazy("the minor, who signs alone"),
    Signs.MINOR_AND_PARENT: gettext_lazy("the minor, together with a parent"),
}
SIGNERS = {Signs.PATIENT: "patient", Signs.MINOR_ALONE: "minor", Signs.MINOR_AND_PARENT: "minor"}
"""What is kept of the patient's own signature as the role of who signed."""


def who_signs(signs: Signs) -> str:
    """In the words of a consent, to the patient; empty for who is of age, as nothing is to be said then."""
    if signs == Signs.MINOR_ALONE:
        return _("You sign this alone. The law where you live lets you, and no parent has to agree.")
    if signs == Signs.MINOR_AND_PARENT:
        return _(
            "You sign this, and then a parent or guardian. The law where you live asks for both. It counts once both "
            "have signed."
        )
    return ""


NAMING = gettext_lazy(
    "I agree that you tell them that I asked for care here, and show them what we both sign. Nothing else is shown to "
    "them because of this."
)
"""What a minor agrees to before anything is told to a parent: their consent, in writing. Source: 42 CFR 2.14(b)(2)."""


def naming_text(name: str, relation: Relation, language: str) -> str:
    """That consent as it is kept, with whom it means."""
    with override(language):
        return f"{name}, {RELATIONS[relation]}\n\n{NAMING}"


def agreement(kind: str, language: str, signs: Signs) -> texts.Text:
    """The newest words of an agreement, with who signs it where that is not the patient alone and of age."""
    text = texts.current(kind, language)
    with override(text.language):
        who = who_signs(signs)
        words = f"{text.words}\n\n## {_('Who signs')}\n{who}"
    return texts.laid_out(words, version=text.version, language=text.language) if who else text


def parents_words(patient: str, language: str) -> str:
    """What who signs with a minor says of themself."""
    with override(language):
        return _(
            "I have read this, and I agree. I am the parent or guardian of %(name)s, or the law lets me decide for "
            "them."
        ) % {"name": patient}
