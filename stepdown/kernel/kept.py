"""Keys with which a browser seals what it keeps until it is saved."""

import base64

from django.utils.crypto import salted_hmac


def kept_key(purpose: str) -> str:
    """32 bytes in base64, the same for the same purpose as long as the installation keeps its secret.

    purpose: names the person and the thing ("note <staff> <part>"). Only a page of theirs is given the key, so what a
    device keeps can be read by nobody who cannot sign in as them."""
    return base64.b64encode(salted_hmac("stepdown.kept", purpose, algorithm="sha256").digest()).decode()
