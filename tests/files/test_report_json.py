import json

from evaluation_documents import facts, goals, indicator, item, report, survey

from survey_app.files import report_json


def test_bytes_are_the_document_when_a_report_is_written() -> None:
    made = report(goals(indicator()), facts(survey(item(47, 17))))
    content = report_json.write_report(made)
    assert json.loads(content) == made.to_dict()
    assert content.endswith(b"}\n")


def test_bytes_are_equal_when_the_same_is_evaluated_twice() -> None:
    goals_text, facts_text = goals(indicator()), facts(survey(item(47, 17)), survey(item(7, 17), id_="S2"))
    assert report_json.write_report(report(goals_text, facts_text)) == report_json.write_report(
        report(goals_text, facts_text)
    )
