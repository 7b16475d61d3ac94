"""The few words that rendering adds to a text, for screen readers, in the text's language."""

from generator.model.values import frozen


@frozen
class Labels:
    """`table` names a table that no heading names; `back` begins a footnote's way back.

    `show` asks for what another site has to show, `see` leads there.
    """

    table: str
    back: str
    show: str
    see: str


LABELS = (
    ("ar", Labels("جدول", "العودة إلى المرجع", "عرض", "انظر")),
    ("be", Labels("Табліца", "Назад да спасылкі", "Паказаць", "Глядзець")),
    ("cs", Labels("Tabulka", "Zpět k odkazu", "Zobrazit", "Viz")),
    ("de", Labels("Tabelle", "Zurück zur Stelle", "Anzeigen", "Ansehen")),
    ("es", Labels("Tabla", "Volver a la referencia", "Mostrar", "Ver")),
    ("fr", Labels("Tableau", "Retour à l’appel de note", "Afficher", "Voir")),  # noqa: RUF001 - French apostrophe
    ("he", Labels("טבלה", "חזרה להפניה", "הצגה", "לצפייה")),
    ("it", Labels("Tabella", "Torna al riferimento", "Mostra", "Vedi")),
    ("ja", Labels("表", "参照元に戻る", "表示", "見る")),
    ("nl", Labels("Tabel", "Terug naar verwijzing", "Tonen", "Bekijken")),
    ("pl", Labels("Tabela", "Powrót do odnośnika", "Pokaż", "Zobacz")),
    ("pt", Labels("Tabela", "Voltar à referência", "Mostrar", "Ver")),
    ("ru", Labels("Таблица", "Назад к ссылке", "Показать", "Смотреть")),
    ("uk", Labels("Таблиця", "Назад до посилання", "Показати", "Дивитися")),
    ("zh", Labels("表格", "返回引用处", "显示", "查看")),
)
ENGLISH = Labels("Table", "Back to reference", "Show", "See")


def labels_for(language: str) -> Labels:
    """The labels in a language, given by its BCP 47 tag; in English where we have none."""
    primary = language.lower().split("-")[0]
    return next((labels for code, labels in LABELS if code == primary), ENGLISH)
