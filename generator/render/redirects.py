"""Redirect pages: a small page at an old address that leads to the new one."""

from html import escape

from generator.model.outputs import Frame, RedirectPage
from generator.render.absolute import absolute_url
from generator.render.xml import legal


def render_redirect(page: RedirectPage, frame: Frame) -> str:
    """A page that sends readers on at once, and tells search engines where the story is.

    Readers are sent to a URL without its host, so that the page works in a preview too;
    the canonical URL is absolute. It says nothing of robots: "noindex" would take the story out of
    searches, where an instant refresh counts as a move (Google Search Central, "Redirects").
    """
    target = escape(page.target_url)
    title = escape(legal(page.title)).strip() or target
    return f"""\
<!DOCTYPE html>
<html lang="{escape(page.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<meta http-equiv="refresh" content="0; url={target}">
<link rel="canonical" href="{escape(absolute_url(page.target_url, frame.origin))}">
</head>
<body>
<p dir="auto"><a href="{target}">{title}</a></p>
</body>
</html>
"""
