"""What fits each kind of consent: a form offers nothing else, so that it makes none that cannot be signed.

Source: 42 CFR 2.31, 2.35; RULE PRIV-08, PRIV-09, PRIV-16.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from stepdown.privacy.domain.sharing import (
    END_OF_STUDY,
    END_OF_TREATMENT,
    FINAL_DISPOSITION,
    NO_END,
    ORDINARY,
    TPO,
    Data,
    Kind,
    Purpose,
    Whom,
)


@dataclass(frozen=True)
class Fit:
    """whom: kinds of recipient; none for the class of persons that a TPO consent names. purposes, scope: to choose
    from. is_fixed: the purposes all hold, there is nothing to choose. events: what it may end with besides a day."""

    whom: tuple[Whom, ...]
    purposes: tuple[Purpose, ...]
    scope: tuple[Data, ...]
    events: tuple[str, ...]
    is_fixed: bool = False


FITS: Mapping[Kind, Fit] = MappingProxyType(
    {
        Kind.SPECIFIC: Fit(
            (Whom.FAMILY, Whom.SUPPORTER, Whom.PROVIDER, Whom.PLAN, Whom.LAWYER, Whom.EMPLOYER, Whom.OTHER),
            (Purpose.ASKED, Purpose.SUPPORT, *TPO, Purpose.EMPLOYMENT),
            ORDINARY,
            (END_OF_TREATMENT,),
        ),
        Kind.TPO: Fit((), TPO, ORDINARY, (NO_END, END_OF_TREATMENT), is_fixed=True),
        Kind.JUSTICE: Fit(
            (Whom.MONITOR, Whom.COURT),
            (Purpose.MONITORING,),
            (Data.PROGRAM, Data.ATTENDANCE, Data.TESTS, Data.PLAN),
            (FINAL_DISPOSITION,),
            is_fixed=True,
        ),
        Kind.LEGAL: Fit((Whom.LAWYER, Whom.COURT), (Purpose.LEGAL,), ORDINARY, (FINAL_DISPOSITION,), is_fixed=True),
        Kind.COUNSELING_NOTES: Fit(
            (Whom.PROVIDER, Whom.OTHER),
            (Purpose.ASKED, Purpose.TREATMENT),
            (Data.COUNSELING_NOTES,),
            (END_OF_TREATMENT,),
        ),
        Kind.INTERMEDIARY: Fit((Whom.INTERMEDIARY,), TPO, ORDINARY, (END_OF_TREATMENT,)),
        Kind.RESEARCH: Fit((Whom.RESEARCHER,), (Purpose.RESEARCH,), ORDINARY, (END_OF_STUDY,), is_fixed=True),
    }
)
