"""Tables that say who does what: a row is a clause for its task, a row of the ledger."""

from notice_parser import ledger, parse

HEAD = "| 序号 | 工作任务 | 牵头单位 | 配合单位 | 完成时限 |"


def rows(*lines):
    return [row for row in ledger(parse("\n".join(lines) + "\n")) if row.units]


def named(row):
    return [(unit.role, unit.name) for unit in row.units]


def clauses(*lines):
    return parse("\n".join(lines) + "\n").body.responsibilities


def test_a_row_has_its_task_its_units_and_its_time_limit():
    (row,) = rows(HEAD, "| 1 | 建成水文监测中心 | 市水务局 | 市财政局、发改委 | 2024年10月底前 |")
    assert row.text == "建成水文监测中心"
    assert named(row) == [("lead", "市水务局"), ("support", "市财政局"), ("support", "市发改委")]
    assert row.deadlines == ("2024-10",)


def test_the_task_is_what_the_clause_covers():
    text = f"{HEAD}\n| 1 | 建成水文监测中心 | 市水务局 |  | 年底前 |\n"
    (clause,) = parse(text).body.responsibilities
    assert text[slice(*clause.covers)] == "建成水文监测中心"
    assert text[slice(*clause.units[0].span)] == "市水务局"


def test_an_empty_cell_keeps_the_others_below_their_heads():
    (row,) = rows(HEAD, "|  | 修订预案 | 市应急局 |  | 2024年6月底前 |")
    assert named(row) == [("lead", "市应急局")]
    assert row.deadlines == ("2024-06",)


def test_a_row_that_names_nobody_goes_with_the_one_above():
    _, row = rows(HEAD, "| 1 | 修订预案 | 市应急局 | 市水务局 | 2024年6月底前 |", "| 2 | 组织演练 |  |  |  |")
    assert row.text == "组织演练"
    assert named(row) == [("lead", "市应急局"), ("support", "市水务局")]


def test_a_row_without_support_does_not_take_that_of_the_row_above():
    _, row = rows(HEAD, "| 1 | 修订预案 | 市应急局 | 市水务局 | 年底前 |", "| 2 | 清淤 | 市住建局 |  | 年底前 |")
    assert named(row) == [("lead", "市住建局")]


def test_units_on_lines_of_their_own_in_a_cell_are_several():
    (row,) = rows(HEAD, "| 1 | 开展培训 | 市人社局 市总工会 |  | 长期坚持 |")
    assert named(row) == [("lead", "市人社局"), ("lead", "市总工会")]


def test_a_name_broken_over_the_lines_of_a_cell_is_one():
    (row,) = rows(HEAD, "| 1 | 开展培训 | 市自然资源和 规划局 |  | 长期坚持 |")
    assert named(row) == [("lead", "市自然资源和规划局")]


def test_a_time_limit_that_is_no_date_stays_as_printed():
    (clause,) = clauses(HEAD, "| 1 | 开展培训 | 市人社局 |  | 长期坚持 |")
    assert (clause.deadline.text, clause.deadline.value) == ("长期坚持", None)


def test_a_closed_list_and_an_open_one_are_told_apart():
    closed, opened = clauses(HEAD, "| 1 | 清淤 | 市水务局 | | |", "| 2 | 清障 | 市水务局等有关部门 | | |")
    assert (closed.open_list, opened.open_list) == (False, True)


def test_of_several_columns_of_tasks_the_closest_is_meant():
    (row,) = rows("| 重点任务 | 具体措施 | 责任部门 |", "| 防汛 | 逐村落实转移责任人 | 市水务局 |")
    assert row.text == "逐村落实转移责任人"


def test_a_list_of_departments_and_their_tasks_is_read():
    (row,) = rows("| 部 门 | 职责与任务 |", "| 市财政局 | 统筹资金。 |")
    assert named(row) == [("responsible", "市财政局")]


def test_a_cell_may_hold_a_clause_of_its_own():
    (row,) = rows("| 任务 | 责任单位 |", "| 清淤 | 牵头单位：市水务局；配合单位：市财政局 |")
    assert named(row) == [("lead", "市水务局"), ("support", "市财政局")]


def test_the_head_may_stand_below_a_caption():
    assert len(rows("| 2024年任务分解表 |  |", "| 任务 | 责任单位 |", "| 清淤 | 市水务局 |")) == 1


def test_a_table_without_units_gives_no_clauses():
    assert clauses("| 指标 | 数值 |", "| 雨量站 | 300个 |") == ()
