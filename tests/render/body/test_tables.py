from generator.render.body.tables import TableNames, plain_table, table_html


def test_tables_are_named_after_the_heading_above_and_told_apart() -> None:
    names = TableNames("Table")
    assert names.take() == "Table"
    names.pass_heading(" High \n tides ")
    assert [names.take(), names.take()] == ["High tides", "High tides (2)"]
    names.pass_heading("")
    assert names.take() == "High tides (3)"


def test_rows_are_as_wide_as_the_header() -> None:
    assert plain_table("a | b\n:- | -:\n1\n1 | 2 | 3") == (
        ["left", "right"],
        [["a", "b"], ["1", ""], ["1", "2"]],
    )


def test_what_may_be_no_table_is_left_alone() -> None:
    for text in ("a | b\nc | d\ne | f", "| a |\n|---|\n| b |", "a | b\n- | -", "`a | b`\n-|-\nc|d"):
        assert plain_table(text) is None, text


def test_a_name_is_escaped_and_a_cell_is_made_by_whoever_asks() -> None:
    html = table_html(["", "center"], [["a", "b"], ["c", "d"]], 'say "&"', str.upper)
    assert html.startswith('<div aria-label="say &quot;&amp;&quot;" class="table" role="region"')
    assert '<th scope="col">A</th>\n<th class="align-center" scope="col">B</th>' in html
    assert '<td>C</td>\n<td class="align-center">D</td>' in html
