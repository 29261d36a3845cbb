from datetime import date

import pytest

from stepdown.kernel.instruments import all_ids, load
from stepdown.measures.drawings import score_trend
from stepdown.ui import charts

START = date(2026, 2, 9)
SCORES = [(one, score) for one in all_ids() for score in load(one).score if load(one).score[score].kind != "classify"]


@pytest.mark.parametrize(("instrument", "score"), SCORES)
def test_every_score_can_be_drawn_over_its_whole_range(instrument, score):
    one = load(instrument).score[score]
    points = [charts.TrendPoint(START, one.least), charts.TrendPoint(date(2026, 3, 9), one.most)]
    drawn = charts.trend(score_trend(load(instrument), score, points, START))
    said = "worse" if one.higher_is == "worse" else "reliable change"
    assert ("Lower" if one.higher_is == "worse" else "Higher") + " is better." in drawn.sentence
    assert (said in drawn.sentence) == (drawn.sentence.count("or more") == 1)
    assert [row[2] for row in drawn.rows] == [one.band(one.least) or "", one.band(one.most) or ""]


def test_a_reliable_change_is_drawn_where_one_exists():
    points = [charts.TrendPoint(START, 17)]
    assert "Reliable change: 12 or less" in charts.trend(score_trend(load("phq-9"), "total", points, START)).svg
    assert "Reliable change" not in charts.trend(score_trend(load("audit-c"), "total", points, START)).svg


def test_bands_are_named_in_the_readers_words():
    trend = score_trend(load("who-5"), "percent", [], START, named=str.upper)
    assert trend.bands[-1] == charts.TrendBand(51, 100, "ADEQUATE")
    assert trend.is_better_higher


def test_a_class_has_no_scale():
    with pytest.raises(ValueError, match="risk of cssrs-screener is a class"):
        score_trend(load("cssrs-screener"), "risk", [], START)
