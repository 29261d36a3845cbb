"""The digest of a signed note: the same content gives the same 64 characters, any change gives others."""

import hashlib
import json
from typing import Any


def canonical(content: Any) -> bytes:
    """JSON with sorted keys and no spaces, in UTF-8. Raises TypeError for what JSON cannot hold."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def version_of(*written: Any) -> str:
    """Twelve characters that change when what is written changes; a page that is open carries those it was made of."""
    return digest_of(written)[:12]


def digest_of(content: Any) -> str:
    """SHA-256 of the canonical JSON, as 64 hexadecimal characters."""
    return hashlib.sha256(canonical(content)).hexdigest()
