"""The few words that rendering adds to a text, for screen readers, in the text's language."""

from generator.model.values import frozen


@frozen
class Labels:
    """`table` names a table that no heading names; `back` begins a footnote's way back."""

    table: str
    back: str


LABELS = (
    ("ar", Labels("جدول", "العودة إلى المرجع")),
    ("be", Labels("Табліца", "Назад да спасылкі")),
    ("cs", Labels("Tabulka", "Zpět k odkazu")),
    ("de", Labels("Tabelle", "Zurück zur Stelle")),
    ("es", Labels("Tabla", "Volver a la referencia")),
    ("fr", Labels("Tableau", "Retour à l’appel de note")),  # noqa: RUF001 - French apostrophe
    ("he", Labels("טבלה", "חזרה להפניה")),
    ("it", Labels("Tabella", "Torna al riferimento")),
    ("ja", Labels("表", "参照元に戻る")),
    ("nl", Labels("Tabel", "Terug naar verwijzing")),
    ("pl", Labels("Tabela", "Powrót do odnośnika")),
    ("pt", Labels("Tabela", "Voltar à referência")),
    ("ru", Labels("Таблица", "Назад к ссылке")),
    ("uk", Labels("Таблиця", "Назад до посилання")),
    ("zh", Labels("表格", "返回引用处")),
)
ENGLISH = Labels("Table", "Back to reference")


def labels_for(language: str) -> Labels:
    """The labels in a language, given by its BCP 47 tag; in English where we have none."""
    primary = language.lower().split("-")[0]
    return next((labels for code, labels in LABELS if code == primary), ENGLISH)
