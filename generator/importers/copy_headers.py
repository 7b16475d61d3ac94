"""What agencies send along with a story and mean for desks alone: slugs, notes, contacts.

Readers must never see it, so it is found by its form, which agencies keep to. What is left out is
told; in doubt a line is text.
"""

# ruff: noqa: RUF001 - letters and dashes as they are in such lines

import re

from generator.model.late_patterns import late_pattern

Lines = list[str]

SLUG = late_pattern(
    r"""(?:AFP|APA|APTN|AP|ANP|ANSA|ATS|BELGA|Belga|CTK|dpa|DPA|EFE|KYODO|LUSA|NTB|PAP|PA|RTRS|SDA
        |STT|TASS|TT)[- ]?[0-9]{3,5}(?:\s[\w/.,+-]++){0,8}
      | [a-z]{3}[0-9]{4}\s[0-9]\s[a-z]{2}\s[0-9]{2,4}\s++dpa\s[0-9]{4}
      | (?:BC|AP|AM|PM|[A-Z]{2})--?[A-Z][\w'.& -]*+(?<=\w),\s?[0-9]{3,4}
      | [^\W_][\w.-]*+(?:/[\w.-]++){2,}/?
      | RTRS-.++ | ZCZC\b.*+""",
    re.VERBOSE,
)
"""A line above the headline: agency and number, a slug and a count of words, keywords."""
NOTE = late_pattern(
    r"""(?:Eds | Editors? | (?:Note|Attention)\s(?:to\s)?(?:editors|desks)
      | Editors'?\s(?:note|advisory)
      | Hinweis\san\sdie\sRedaktion(?:en)? | Redaktionshinweis | Achtung,?\s?Redaktionen
      | Til\sredaksjonen(?:e)? | Til\sredaktionen | Till\sredaktionen
      | Note\s(?:aux?|à\sla)\sr[ée]dactions?
      | Nota\s(?:a\s(?:los\s)?editores | a\sla\sredacci[óo]n | (?:ai|per\si)\sredattori)
      | Nota\saos\seditores | Uwaga\sredakcje | К\sсведению\sредакций | До\sуваги\sредакцій)
      \s?[:–—-]\s?\S.*+""",
    re.VERBOSE | re.IGNORECASE,
)
"""A note to those who edit the story."""
NOT_FOR_READERS = late_pattern(
    r"""nicht\s(?:zur|für\sdie)\sVeröffentlichung | not\s(?:for|intended\sfor)\spublication
      | ikke\s(?:for\spublisering|til\soffentliggørelse) | inte\sför\spublicering
      | ne\spas\spublier | pas\sdestinée?s?\sà\s(?:la\s)?publication
      | no\spublicar | no\sdestinad[oa]s?\sa\s(?:la\s)?publicación | não\spublicar
      | non\sdestinat[oaie]\salla\spubblicazione | nie\sdo\spublikacji
      | не\sдля\s(?:публикации|публікації|друку)""",
    re.VERBOSE | re.IGNORECASE,
)
MARKED = late_pattern(
    r"""[*=\-–—(\[#/!<] | (?:die\sfolgenden|the\sfollowing|følgende|följande|les\sinformations
      | la\ssiguiente)\b""",
    re.VERBOSE | re.IGNORECASE,
)
"""How a line begins that says so of all that follows, and is none of the story."""
LONGEST_MARK = 120


def split_headers(lines: Lines) -> tuple[Lines, tuple[str, ...]]:
    """Split off what stands above the headline, and notes right below it; answer both.

    The first of the lines has text. A headline like no other is one.
    """
    start = _after_headers(lines, 0, ())
    if start == len(lines):
        return lines, ()
    headers = tuple(line.strip() for line in lines[:start] if line)
    end = _after_headers(lines, start + 1, headers)
    notes = tuple(line.strip() for line in lines[start + 1 : end] if line)
    if not notes:
        return lines[start:], headers
    return [lines[start], "", *lines[end:]], headers + notes


def _after_headers(lines: Lines, start: int, slugs: tuple[str, ...]) -> int:
    """Where headers that begin at a line end; `slugs` are those that may come once more."""
    is_above = start == 0
    while start < len(lines):
        text = lines[start].strip()
        is_slug = bool(SLUG.fullmatch(text)) if is_above else text in slugs
        if text and not is_slug and not NOTE.fullmatch(text):
            break
        start += 1
    return start


def split_private(lines: Lines) -> tuple[Lines, tuple[str, ...]]:
    """Split off all that follows a line which says that it is not for publication."""
    for number, line in enumerate(lines):
        text = line.strip()
        if (
            len(text) <= LONGEST_MARK
            and NOT_FOR_READERS.search(text)
            and (MARKED.match(text) or text == text.upper())
        ):
            return lines[:number], tuple(one.strip() for one in lines[number:] if one)
    return lines, ()
