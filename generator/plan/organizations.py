"""Organizations: names in bylines that stand for an agency or a whole newsroom, no person.

Machines that read a page are told so (schema.org: an author is a Person or an Organization).
"""

from generator.model.tag_keys import tag_key

AGENCIES = frozenset(
    map(
        tag_key,
        (
            *("Reuters", "AFP", "Agence France-Presse", "AP", "Associated Press", "dpa", "UPI"),
            *("The Associated Press", "Deutsche Presse-Agentur", "ANSA", "EFE", "Agencia EFE"),
            *("Interfax", "Interfax-Ukraine", "Ukrinform", "UNIAN", "Xinhua", "Kyodo", "PA Media"),
            *(
                "Kyodo News",
                "Press Association",
                "Bloomberg News",
                "NTB",
                "TT",
                "Ritzau",
                "STT",
                "PAP",
                "ČTK",
            ),
            *("Anadolu Agency", "ANP", "APA", "Australian Associated Press", "AAP", "Belga", "BNS"),
            *("Canadian Press", "The Canadian Press", "dpa-AFX", "Europa Press", "IANS", "LETA"),
            *("Keystone-SDA", "Lusa", "MTI", "Press Trust of India", "PTI", "TASS", "Yonhap"),
        ),
    )
)
"""Agencies, by the keys of their names; a file may say of others that they are no persons."""
NEWSROOMS = frozenset(
    map(
        tag_key,
        (
            *("Staff", "Staff Writer", "Staff Reporter", "Newsroom", "The Newsroom", "News Desk"),
            *("Newsdesk", "Editorial Board", "Editorial Team", "Editorial Staff", "Editorial"),
            *("The Editors", "Editors", "Agencies", "News Agencies", "Our Correspondent", "Admin"),
            *("Redaktion", "Die Redaktion", "Rédaction", "La rédaction", "Redacción", "Redactie"),
            *("La Redacción", "Redazione", "La Redazione", "Redação", "Da Redação", "Redakcja"),
            *("Redakce", "Redakcia", "Redakcija", "Redacția", "Redaktionen", "Redaksjonen"),
            *("Toimitus", "Szerkesztőség", "Ritstjórn", "Редакція", "Редакция"),
            *("Рэдакцыя", "編集部", "编辑部", "編輯部", "편집국", "هيئة التحرير", "מערכת"),
        ),
    )
)
"""What newsrooms call themselves in bylines, by their keys."""
BETWEEN = frozenset({"and", "und", "et", "y", "e", "og", "och", "en", "та", "и", "with", "mit"})
BEHIND = frozenset({"news", "agency", "agencies", "staff", "newsroom", "wire", "services"})
FIRST = frozenset(key.split()[0] for key in AGENCIES)


def names_no_person(key: str, ours: frozenset[str]) -> bool:
    """Whether a name, by its key, is that of organizations alone: `AP/Reuters`, `Gazette Staff`.

    `ours` are the keys of the paper's own names.
    """
    if key in NEWSROOMS or key in ours:
        return True
    words = key.split()
    if not words or not (words[0] in FIRST or any(key.startswith(own) for own in ours)):
        return False
    at = _end_of_name(words, 0, ours)
    while 0 < at < len(words):
        at = at + 1 if words[at] in BETWEEN | BEHIND else _end_of_name(words, at, ours)
    return at > 0


def _end_of_name(words: list[str], at: int, ours: frozenset[str]) -> int:
    """Where the longest organization ends that begins at a word; 0 where none does."""
    ends = range(len(words), at, -1)
    names = ((end, " ".join(words[at:end])) for end in ends)
    return next((end for end, name in names if name in AGENCIES or name in ours), 0)
