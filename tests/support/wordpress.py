"""WordPress exports as text: what a newsroom's site has, in a few words each."""

from html import escape

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- This is a WordPress eXtended RSS file -->
<rss version="2.0"
 xmlns:excerpt="http://wordpress.org/export/{version}/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/{version}/">
<channel>
<title>The Quay &amp; Harbour</title>
<link>{base}</link>
<description>News from the water</description>
<language>en-GB</language>
<wp:wxr_version>{version}</wp:wxr_version>
<wp:base_site_url>{base}</wp:base_site_url>
<wp:base_blog_url>{base}</wp:base_blog_url>
"""
END = "</channel>\n</rss>\n"
BASE = "https://quay.example"


def export(*records: str, version: str = "1.2", base: str = BASE) -> str:
    """A whole export."""
    return HEAD.format(version=version, base=base) + "\n".join(records) + "\n" + END


def author(login: str, name: str) -> str:
    """Somebody who writes."""
    return (
        f"<wp:author><wp:author_id>1</wp:author_id><wp:author_login>{login}</wp:author_login>"
        f"<wp:author_email>{login}@quay.example</wp:author_email>"
        f"<wp:author_display_name><![CDATA[{name}]]></wp:author_display_name></wp:author>"
    )


def category(number: int, slug: str, name: str, parent: str = "", description: str = "") -> str:
    """A category with its number."""
    return (
        f"<wp:category><wp:term_id>{number}</wp:term_id>"
        f"<wp:category_nicename>{slug}</wp:category_nicename>"
        f"<wp:category_parent>{parent}</wp:category_parent>"
        f"<wp:cat_name><![CDATA[{name}]]></wp:cat_name>"
        f"<wp:category_description><![CDATA[{description}]]></wp:category_description>"
        "</wp:category>"
    )


def term(domain: str, slug: str, name: str) -> str:
    """A term of an item."""
    return f'<category domain="{domain}" nicename="{slug}"><![CDATA[{name}]]></category>'


def meta(key: str, value: str) -> str:
    """A setting of an item."""
    return (
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key>"
        f"<wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
    )


def comment(number: int, text: str, approved: str = "1") -> str:
    """A comment on an item."""
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id>"
        "<wp:comment_author><![CDATA[Reader]]></wp:comment_author>"
        "<wp:comment_author_email>reader@private.example</wp:comment_author_email>"
        "<wp:comment_author_IP>192.0.2.7</wp:comment_author_IP>"
        "<wp:comment_date>2014-05-04 09:00:00</wp:comment_date>"
        "<wp:comment_date_gmt>2014-05-04 08:00:00</wp:comment_date_gmt>"
        f"<wp:comment_content><![CDATA[{text}]]></wp:comment_content>"
        f"<wp:comment_approved>{approved}</wp:comment_approved></wp:comment>"
    )


def item(
    number: int,
    title: str,
    body: str = "",
    *extra: str,
    link: str = "",
    slug: str = "",
    kind: str = "post",
    status: str = "publish",
    date: str = "2014-05-03 10:00:00",
    gmt: str = "2014-05-03 09:00:00",
    creator: str = "mara",
    excerpt: str = "",
    **fields: str,
) -> str:
    """A post, page or attachment; `fields` are further ones of WordPress, by name."""
    slug = slug or title.lower().replace(" ", "-")
    link = link or f"{BASE}/{date[:4]}/{date[5:7]}/{slug}/"
    more = "".join(f"<wp:{name}>{escape(value)}</wp:{name}>" for name, value in fields.items())
    return (
        f"<item><title><![CDATA[{title}]]></title><link>{escape(link)}</link>"
        f"<dc:creator><![CDATA[{creator}]]></dc:creator>"
        f'<guid isPermaLink="false">{BASE}/?p={number}</guid>'
        f"<content:encoded><![CDATA[{body}]]></content:encoded>"
        f"<excerpt:encoded><![CDATA[{excerpt}]]></excerpt:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_date>{date}</wp:post_date>"
        f"<wp:post_date_gmt>{gmt}</wp:post_date_gmt><wp:post_name>{slug}</wp:post_name>"
        f"<wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>{more}"
        f"{''.join(extra)}</item>"
    )


def attachment(number: int, path: str, *extra: str, parent: str = "0", **fields: str) -> str:
    """A file that was uploaded."""
    name = path.rpartition("/")[2].partition(".")[0]
    return item(
        number,
        name,
        "",
        *extra,
        kind="attachment",
        status="inherit",
        link=f"{BASE}/{name}/",
        post_parent=parent,
        attachment_url=f"{BASE}/wp-content/uploads/{path}",
        **fields,
    )
