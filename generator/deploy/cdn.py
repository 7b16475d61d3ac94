"""Purging a CDN of what a deploy changed: CloudFront and Cloudflare, as they document it.

CloudFront's request is signed with the keys in the environment as Amazon documents it (Signature
Version 4); Cloudflare is shown CLOUDFLARE_API_TOKEN.
"""

import hmac
import os
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from html import escape
from urllib.parse import quote, urlsplit

from generator.deploy.release import utc_now
from generator.deploy.web import ask, ask_json, secret
from generator.model.addresses import Base, address_of

MOST_PATHS = 15
"""Beyond these all is purged with one path: CloudFront counts paths, and 1,000 a month are free."""
MOST_URLS = 30
"""What Cloudflare takes in one request."""
CLOUDFRONT = "https://cloudfront.amazonaws.com"
CLOUDFLARE = "https://api.cloudflare.com/client/v4"
REGION, SERVICE, SCHEME = "us-east-1", "cloudfront", "AWS4-HMAC-SHA256"
VERSION = "2020-05-31"


def purge(cdn: str, paths: Sequence[str], base: Base) -> None:
    """Let a CDN forget these files of the site; none stand for all of it.

    Raises DeployError when it does not.
    """
    kind, _, name = cdn.partition(":")
    if kind == "cloudflare":
        _purge_cloudflare(name, paths, base)
    else:
        _purge_cloudfront(name, paths, base)


def _purge_cloudflare(zone: str, paths: Sequence[str], base: Base) -> None:
    api = os.environ.get("CLOUDFLARE_API_BASE_URL", "").rstrip("/") or CLOUDFLARE
    urls = [base.absolute(address_of(path)) for path in paths]
    few = {"files": urls} if 0 < len(urls) <= MOST_URLS else None
    wanted: object = few or {"purge_everything": True}
    login = {"Authorization": f"Bearer {secret('CLOUDFLARE_API_TOKEN')}"}
    ask_json("POST", f"{api}/zones/{quote(zone)}/purge_cache", wanted, login)


def _purge_cloudfront(distribution: str, paths: Sequence[str], base: Base) -> None:
    now = utc_now()
    names = {name for path in paths for name in (address_of(path), f"/{path}")}
    addresses = sorted(map(base.url, names))
    if not 0 < len(addresses) <= MOST_PATHS:
        addresses = [f"{base.url('/')}*"]
    items = "".join(f"<Path>{escape(address)}</Path>" for address in addresses)
    body = (
        f'<InvalidationBatch xmlns="http://cloudfront.amazonaws.com/doc/{VERSION}/">'
        f"<Paths><Quantity>{len(addresses)}</Quantity><Items>{items}</Items></Paths>"
        f"<CallerReference>{now.isoformat()}</CallerReference></InvalidationBatch>"
    ).encode()
    endpoint = os.environ.get("AWS_ENDPOINT_URL_CLOUDFRONT", "").rstrip("/") or CLOUDFRONT
    path = f"/{VERSION}/distribution/{quote(distribution)}/invalidation"
    ask("POST", f"{endpoint}{path}", body, signed(f"{endpoint}{path}", body, now))


def signed(url: str, body: bytes, now: datetime) -> dict[str, str]:
    """The headers of a POST that Amazon accepts, with the keys of the environment."""
    parts = urlsplit(url)
    stamp, day = now.strftime("%Y%m%dT%H%M%SZ"), now.strftime("%Y%m%d")
    headers = {"content-type": "text/xml", "host": parts.netloc, "x-amz-date": stamp}
    if token := os.environ.get("AWS_SESSION_TOKEN", ""):
        headers["x-amz-security-token"] = token
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    digest = sha256(body).hexdigest()
    request = "\n".join(("POST", quote(parts.path), "", lines, names, digest))
    scope = f"{day}/{REGION}/{SERVICE}/aws4_request"
    text = "\n".join((SCHEME, stamp, scope, sha256(request.encode()).hexdigest()))
    key = f"AWS4{secret('AWS_SECRET_ACCESS_KEY')}".encode()
    for part in (day, REGION, SERVICE, "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    seal = hmac.digest(key, text.encode(), "sha256").hex()
    login = f"Credential={secret('AWS_ACCESS_KEY_ID')}/{scope}"
    headers["Authorization"] = f"{SCHEME} {login}, SignedHeaders={names}, Signature={seal}"
    return headers
