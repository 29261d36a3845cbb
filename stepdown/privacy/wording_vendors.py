"""How agreements with vendors are said to staff."""

from stepdown.privacy.domain.vendors import Kind

SAYS = {
    "part2": "They are bound by 42 CFR part 2 in all that they receive, keep or work with",
    "court": "They resist, in court where it must be, whoever wants it against part 2",
    "onward": "They pass nothing on but to agents who help them do the work and are bound alike",
    "services": "They use it for these services alone, keep it safe, and report every breach and every other use",
    "back": "When it ends, they give back or destroy all of it",
}
"""What an agreement has to say, by `domain.vendors.MUST_SAY`. Source: 42 CFR 2.11, 2.12(c)(4); 45 CFR 164.504(e)(2)."""

HOW_MUCH = {Kind.BOTH: "all five", Kind.BAA: "the last two", Kind.QSOA: "the first three"}
"""Which of SAYS, in their order, an agreement of each kind has to say."""
