from stepdown.privacy.models.consents import Consent, ConsentType
from stepdown.privacy.models.looks import Act, Look, LookCheck, Purpose
from stepdown.privacy.models.rights import RightsRequest

__all__ = ["Act", "Consent", "ConsentType", "Look", "LookCheck", "Purpose", "RightsRequest"]
