"""One German sentence per figure, so that nobody has to guess what a number says."""

from dataclasses import replace

from survey_app.evaluation.goals.goals import Parameters
from survey_app.evaluation.goals.indicators import (
    AnswerMean,
    AnswerShare,
    Indicator,
    ManualValue,
    MeanRatio,
    RecordCount,
    RecordShare,
)
from survey_app.evaluation.measures.rows import IndicatorResult, Row
from survey_app.evaluation.wording.sentences_figures import (
    write_change_sentence,
    write_manual_sentence,
    write_mean_sentence,
)
from survey_app.evaluation.wording.sentences_records import (
    write_count_sentence,
    write_ratio_sentence,
    write_record_share_sentence,
)
from survey_app.evaluation.wording.sentences_shares import write_share_sentence


def write_sentence(indicator: Indicator, row: Row, parameters: Parameters) -> str:
    """Return the sentence of a row."""
    match indicator.measure:
        case AnswerShare():
            sentence = write_share_sentence(indicator, row, parameters)
        case RecordCount() as measure:
            sentence = write_count_sentence(indicator, measure, row)
        case RecordShare() as measure:
            sentence = write_record_share_sentence(measure, row)
        case MeanRatio() as measure:
            sentence = write_ratio_sentence(measure, row)
        case AnswerMean():
            sentence = write_mean_sentence(row)
        case ManualValue() as measure:
            sentence = write_manual_sentence(indicator, measure, row)
        case _:
            sentence = write_change_sentence(row)
    return sentence


def add_sentences(result: IndicatorResult, parameters: Parameters) -> IndicatorResult:
    """Return the result with a sentence in each of its rows."""
    indicator = result.indicator

    def add(row: Row) -> Row:
        return replace(row, sentence_de=write_sentence(indicator, row, parameters))

    return replace(
        result,
        rows=tuple(add(row) for row in result.rows),
        by_survey=None if result.by_survey is None else tuple(add(row) for row in result.by_survey),
        overall=None if result.overall is None else add(result.overall),
    )
