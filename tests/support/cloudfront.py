"""CloudFront on loopback: it runs the function that our documentation shows, before a bucket."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

NODE = shutil.which("node")
SERVER = """\
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
const [origin, code] = process.argv.slice(2);
const handler = new Function(`${readFileSync(code, "utf8")}; return handler;`)();
const LOST = [403, 404];
async function answer(request, response) {
  const asked = handler({ request: { uri: request.url.split("?")[0], headers: {} } });
  if (asked.statusCode) {
    response.writeHead(asked.statusCode, { location: asked.headers?.location.value ?? "" });
    return response.end();
  }
  let found = await fetch(origin + asked.uri);
  const status = LOST.includes(found.status) ? 404 : found.status;
  if (status === 404) found = await fetch(origin + "/404.html");
  const headers = {};
  for (const name of ["content-type", "cache-control"]) headers[name] = found.headers.get(name);
  response.writeHead(status, headers);
  response.end(Buffer.from(await found.arrayBuffer()));
}
const server = createServer((request, response) => {
  answer(request, response).catch((error) => response.writeHead(502).end(String(error)));
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
"""


@contextmanager
def cloudfront(folder: Path, origin: str, function: str) -> Iterator[str]:
    """The address of a distribution with that function and origin, until the end of the block."""
    if NODE is None:
        pytest.skip("no node on this machine")
    (folder / "server.mjs").write_text(SERVER, "utf-8")
    (folder / "function.js").write_text(function, "utf-8")
    words = [NODE, str(folder / "server.mjs"), origin, str(folder / "function.js")]
    server = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        yield f"http://127.0.0.1:{int(server.stdout.readline())}"
    finally:
        server.kill()
        server.communicate()
