"""Redaction: what other programs say, without the secrets that the environment holds."""

import os
import re

SECRET_NAME = re.compile(r"KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL", re.IGNORECASE)
USER_INFO = re.compile(r"(?<=://)[^/@\s]+@")
SHORTEST = 6
HIDDEN = "…"


def without_secrets(text: str) -> str:
    """The text, with every secret of the environment and every login in an address taken out."""
    secrets = {
        value for name, value in os.environ.items() if SECRET_NAME.search(name) if _is_long(value)
    }
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, HIDDEN)
    return USER_INFO.sub(f"{HIDDEN}@", text)


def _is_long(value: str) -> bool:
    return len(value) >= SHORTEST
