from xml.etree.ElementTree import fromstring, tostring

from generator.render.body.tables import TableNames, wrap_table


def test_tables_are_named_after_the_heading_above_and_told_apart() -> None:
    names = TableNames("Table")
    assert names.take() == "Table"
    names.pass_heading(" High \n tides ")
    assert [names.take(), names.take()] == ["High tides", "High tides (2)"]
    names.pass_heading("")
    assert names.take() == "High tides (3)"


def test_a_table_is_put_in_a_region_and_aligned_by_class() -> None:
    table = fromstring(  # noqa: S314 - our own text
        "<table class='wide'><thead><tr><th align='right'>a</th></tr></thead>"
        "<tbody><tr><td align='right'>1</td></tr></tbody></table>"
    )
    wrap_table(table, "Tides & times")
    assert table.attrib == {
        "class": "table",
        "role": "region",
        "tabindex": "0",
        "aria-label": "Tides &amp; times",
    }
    assert tostring(table[0], encoding="unicode") == (
        '<table class="wide"><thead><tr><th class="align-right" scope="col">a</th></tr></thead>'
        '<tbody><tr><td class="align-right">1</td></tr></tbody></table>'
    )
