from stepdown.privacy.models.consents import Consent, ConsentType
from stepdown.privacy.models.looks import Act, Look, LookCheck, Purpose

__all__ = ["Act", "Consent", "ConsentType", "Look", "LookCheck", "Purpose"]
