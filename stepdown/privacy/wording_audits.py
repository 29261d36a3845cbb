"""How audits are said to staff."""

from stepdown.privacy.domain.audits import Kind

SAYS = {
    "only": "They use it for this audit or evaluation alone, and never against a patient",
    "onward": "They pass nothing on, but back to the center or as a court order under 42 CFR 2.66 says",
    "back": "They keep it safe, and destroy or give back all of it when they are done",
}
"""What the agreement has to say, by `domain.audits.MUST_SAY`. Source: 42 CFR 2.53."""

KINDS = {
    Kind.PAYER: "A payer or health plan",
    Kind.LICENSING: "A licensing or oversight body",
    Kind.ACCREDITATION: "An accreditation body",
    Kind.INTERNAL: "Evaluation of our own program",
}
