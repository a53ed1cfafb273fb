"""What day a dateline means: calendars, missing years and months, two calendars that disagree."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import copydesk
from copydesk_dateline import Datelines
from copydesk_dateline._calendars import from_hijri, from_jalali

PLUGIN = Datelines()
LEAD = {
    "en": "The council reopened the old hall on Monday after years of work.",
    "ar": "أعادت البلدية افتتاح المسبح القديم بعد تسع سنوات من أعمال الترميم.",
    "fa": "استخر قدیمی شهر پس از نه سال بازسازی دوباره گشایش یافت.",
}


def filed(head: str, published: str | None = None, language: str | None = None) -> copydesk.FilingDate:
    """The date of a story with this head, published at noon of a day."""
    lead = LEAD["ar" if "\u0600" < head[0] < "\u06ff" else "en"]
    day = datetime.fromisoformat(f"{published}T12:00:00+00:00") if published else None
    text = f"A headline\n\n{head} {lead}\n"
    tags = (copydesk.Language(0, len(text), tag=language),) if language else ()
    [found] = PLUGIN.enrich(copydesk.Document(text, published=day, annotations=tags))
    assert found.date is not None
    return found.date


@pytest.mark.parametrize(
    ("head", "published", "value", "inferred"),
    [
        ("PARIS, March 7 (Reuters) -", "2024-03-07", "2024-03-07", ("year",)),
        ("PARIS, March 8 (Reuters) -", "2024-03-07", "2024-03-08", ("year",)),
        ("PARIS, March 9 (Reuters) -", "2024-03-07", "2023-03-09", ("year",)),
        ("PARIS, Dec 31 (Reuters) -", "2024-01-01", "2023-12-31", ("year",)),
        ("PARIS, Jan 1 (Reuters) -", "2023-12-31", "2024-01-01", ("year",)),
        ("PARIS, Feb 29 (Reuters) -", "2026-11-24", "2024-02-29", ("year",)),
        ("PARIS, 3 March 2018 (Reuters) -", "2024-01-01", "2018-03-03", ()),
        ("КИШИНЕВ, 30 ноя — РИА Новости.", "2018-12-01", "2018-11-30", ("year",)),
        ("［東京 28日 ロイター］ -", "2024-03-01", "2024-02-28", ("year", "month")),
        ("［東京 31日 ロイター］ -", "2024-03-01", "2024-01-31", ("year", "month")),
        ("（中央社台北1日電）", "2023-12-31", "2024-01-01", ("year", "month")),
    ],
)
def test_a_missing_year_or_month_is_the_latest_that_is_not_after_tomorrow(
    head: str, published: str, value: str, inferred: tuple[str, ...]
) -> None:
    found = filed(head, published)
    assert (found.value, found.inferred) == (value, inferred)


def test_without_a_publication_date_nothing_is_inferred() -> None:
    assert filed("PARIS, March 7 (Reuters) -").value == "--03-07"
    assert filed("PARIS, March 7 (Reuters) -").inferred == ()
    assert filed("［東京 28日 ロイター］ -").value == "---28"


def test_where_two_calendars_are_printed_the_gregorian_one_counts() -> None:
    found = filed("بيروت 25 شوال 1436 هـ الموافق 10 أغسطس 2015 م واس\n")
    assert (found.value, found.calendar, found.mismatch) == ("2015-08-10", "gregorian", False)


def test_two_calendars_that_disagree_are_flagged() -> None:
    found = filed("بيروت 25 شوال 1436 هـ الموافق 10 مارس 2015 م واس\n")
    assert (found.value, found.mismatch) == ("2015-03-10", True)


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("الرياض 05 رمضان 1445 هـ (واس) -", "2024-03-15"),
        ("الرياض 1 محرم 1446 هـ (واس) -", "2024-07-07"),
        ("جدة 10 ذو الحجة 1444 (واس) -", "2023-06-28"),
        ("جدة 29 ربيع الآخر 1442هـ (واس) -", "2020-12-14"),
    ],
)
def test_an_islamic_date_alone_is_right_within_a_day(head: str, value: str) -> None:
    found = filed(head)
    assert abs(date.fromisoformat(found.value) - date.fromisoformat(value)) <= timedelta(1)
    assert (found.calendar, found.uncertainty_days) == ("hijri", 1)


@pytest.mark.parametrize(
    ("head", "published", "value"),
    [
        ("تهران، ۱۳ اسفند ۱۳۹۶ (ایرنا) -", None, "2018-03-04"),
        ("تهران، ۱ فروردین (ایرنا) -", "2024-03-21", "2024-03-20"),
        ("کابل، ۵ حمل ۱۳۹۶ (پژواک) -", None, "2017-03-25"),
        ("هەولێر، ٢٧ی سەرماوەزی ٢٧٢٤ (ڕووداو) -", None, "2024-12-17"),
    ],
)
def test_persian_and_kurdish_solar_dates_are_converted(head: str, published: str | None, value: str) -> None:
    found = filed(head, published)
    assert (found.value, found.calendar) == (value, "jalali")


@pytest.mark.parametrize(
    ("head", "value", "calendar"),
    [
        ("กรุงเทพฯ 7 มี.ค. -", "2024-03-07", "buddhist"),
        ("เชียงใหม่ 7 มีนาคม 2567 -", "2024-03-07", "buddhist"),
        ("ขอนแก่น 21 พ.ย. 66 -", "2023-11-21", "buddhist"),
        ("አዲስ አበባ፣ የካቲት 28፣ 2016 (ኢዜአ) -", "2024-03-07", "ethiopic"),
        ("ጅማ፤ መስከረም 1/2016 (ኢዜአ):-", "2023-09-12", "ethiopic"),
        ("ሀዋሳ፣ የካቲት 28 (ኢዜአ) -", "2024-03-07", "ethiopic"),
    ],
)
def test_thai_and_ethiopian_dates_are_converted(head: str, value: str, calendar: str) -> None:
    found = filed(head, "2024-03-08")
    assert (found.value, found.calendar, found.uncertainty_days) == (value, calendar, 0)


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("काठमाडौँ, २४ फागुन (रासस)–", "2024-03-07"),
        ("पोखरा, १ वैशाख २०८० (रासस)–", "2023-04-14"),
        ("विराटनगर, ५ माघ (रासस)–", "2024-01-19"),
    ],
)
def test_a_nepali_date_is_right_within_a_day(head: str, value: str) -> None:
    found = filed(head, "2024-03-08")
    assert abs(date.fromisoformat(found.value) - date.fromisoformat(value)) <= timedelta(1)
    assert (found.calendar, found.uncertainty_days) == ("nepali", 1)


@pytest.mark.parametrize(
    ("head", "written"),
    [
        ("Zadar, 7. 3. 2024. -", "7. 3. 2024"),
        ("Aşgabat, 7-nji mart (TDH) -", "7-nji mart"),
        ("ভুবনেশ্বৰ, ৭ মাৰ্চ (PTI):", "৭ মাৰ্চ"),
        ("ଭୁବନେଶ୍ୱର, ୭ ମାର୍ଚ୍ଚ (PTI):", "୭ ମାର୍ଚ୍ଚ"),
        ("Addis Ababa, March 7/2024 (ENA) –", "March 7/2024"),
        ("Hà Nội (TTXVN 7/3) Hội đồng", "7/3"),
        ("Rome, Italy, Mar 7, 2024 / 10:45 am (CNA).", "Mar 7, 2024"),
    ],
)
def test_dates_with_spaces_slashes_endings_and_hours_are_read(head: str, written: str) -> None:
    found = filed(head, "2024-03-08")
    assert (found.text, found.value) == (written, "2024-03-07")


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("3 كانون الثاني", 1), ("3 شباط", 2), ("3 اذار", 3), ("٣ آذار", 3), ("3 نيسان", 4), ("3 أيار", 5),
        ("3 حزيران", 6), ("3 تموز", 7), ("3 آب", 8), ("3 ايلول", 9), ("3 تشرين الأول", 10), ("3 تشرين 2", 11),
        ("3 كانون الأول", 12), ("3 جانفي", 1), ("3 فيفري", 2), ("3 أفريل", 4), ("3 ماي", 5), ("3 جوان", 6),
        ("3 جويلية", 7), ("3 أوت", 8), ("3 غشت", 8), ("3 شتنبر", 9), ("3 نونبر", 11), ("3 دجنبر", 12),
        ("3 يونيه", 6), ("3 يوليه", 7), ("3ی ئازار", 3), ("3ی کانوونی دووەم", 1), ("3ی حوزەیرانی", 6),
        ("7 فبراير (شباط)", 2), ("27 كانون الأول/ديسمبر", 12),
    ],
)  # fmt: skip
def test_the_month_names_of_the_levant_the_maghreb_egypt_and_kurdistan_are_known(written: str, month: int) -> None:
    assert filed(f"بغداد، {written} 2018 (رويترز) -").value[:7] == f"2018-{month:02}"


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("Duhok, 3ê Adarê 2024 (K24) –", "2024-03-03"),
        ("Madrid, 21 ene 2024 (EFE).-", "2024-01-21"),
        ("Roma, 2 GIU 2023 (ANSA) -", "2023-06-02"),
        ("Paris, 1er févr. 2024 (AFP) -", "2024-02-01"),
        ("Budapest, 2024. március 5., kedd (MTI) -", "2024-03-05"),
        ("Vilnius, 2024 m. kovo 5 d. (ELTA) -", "2024-03-05"),
        ("RAMALLAH, Tuesday, March 5, 2024 (WAFA) –", "2024-03-05"),
        ("Jakarta, Rabu (20/3/2024) (ANTARA) -", "2024-03-20"),
        ("PANAMA CITY, 21 DEC 89 (EFE) --", "1989-12-21"),
        ("Lisboa, 05 de março de 2024 (Lusa) –", "2024-03-05"),
        ("नई दिल्ली, 5 मार्च 2024 (भाषा)", "2024-03-05"),
        ("ANKARA, 3 Mart 2024 (AA) -", "2024-03-03"),
        ("（新华社北京二〇二四年十一月二十四日电）", "2024-11-24"),
    ],
)
def test_each_language_writes_its_dates_in_its_own_order(head: str, value: str) -> None:
    assert filed(head).value == value


def test_a_known_language_decides_what_an_ambiguous_month_means() -> None:
    assert filed("Zagreb, 5. listopada 2024. (Hina) -", language="hr").value == "2024-10-05"
    assert filed("Warszawa, 5 listopada 2024 (PAP) -", language="pl").value == "2024-11-05"


@given(st.dates(date(1960, 1, 1), date(2060, 1, 1)))
def test_every_gregorian_day_has_an_islamic_and_a_persian_date_that_lead_back_to_it(day: date) -> None:
    days = [(month, number) for month in range(1, 13) for number in range(1, 32)]
    about = round((day.year - 622) * 33 / 32)
    assert day in {from_hijri(year, *rest) for year in range(about - 3, about + 3) for rest in days}
    assert day in {from_jalali(year, *rest) for year in (day.year - 622, day.year - 621) for rest in days}


def test_published_in_another_zone_counts_by_its_own_day() -> None:
    late = datetime(2024, 1, 1, 1, tzinfo=UTC)
    [found] = PLUGIN.enrich(copydesk.Document(f"H\n\nPARIS, Dec 31 (AFP) - {LEAD['en']}", published=late))
    assert found.date is not None
    assert found.date.value == "2023-12-31"
