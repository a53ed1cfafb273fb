"""The enrichers of a pipeline: called one by one, each with what the earlier ones found, and worked around."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import Any

import pytest

import copydesk
from copydesk import Document, Headline, Language, Paragraph, Pipeline, Replace, Standfirst, Step, When

TEXT = Document("text", id="a", source="wire/a.txt")


@copydesk.plugin
class Finder:
    """Finds what the function ``find`` says."""

    find: Any

    @copydesk.hookimpl
    def enrich(self, document: Document) -> Any:
        return self.find(document)


def finder(find: Callable[[Document], Any], name: str = "finder", when: When | None = None) -> Step:
    return Step(Finder(find=find), name=name, when=when)


def found_by(*steps: Step, use: tuple[Any, ...] = (), document: Document = TEXT) -> tuple[copydesk.Annotation, ...]:
    return Pipeline(enrich=steps, use=use).enrich(document).annotations


class Panic(BaseException):
    """As libraries in Rust raise: it derives from BaseException only."""


def panic() -> None:
    raise Panic("no more")


def give_up() -> None:
    raise GeneratorExit


def told(*steps: Step, use: tuple[Any, ...] = ()) -> str:
    with pytest.raises(copydesk.StepError) as caught:
        found_by(*steps, use=use)
    return str(caught.value)


def generator(document: Document) -> Iterator[Headline]:
    yield Headline(0, 1)
    yield Headline(1, 2)


class OneByOne:
    """Iterable, as a plugin's own collection may be."""

    def __iter__(self) -> Iterator[Headline]:
        return iter((Headline(0, 1), Headline(1, 2)))


# What a step may give.


@pytest.mark.parametrize(
    ("find", "spans"),
    [
        (lambda document: None, []),
        (lambda document: (), []),
        (lambda document: [], []),
        (lambda document: Headline(0, 1), [(0, 1)]),
        (lambda document: [Headline(1, 2), Headline(0, 1)], [(0, 1), (1, 2)]),
        (lambda document: {Headline(1, 2), Headline(0, 1)}, [(0, 1), (1, 2)]),
        (lambda document: (Headline(place, place + 1) for place in range(2)), [(0, 1), (1, 2)]),
        (generator, [(0, 1), (1, 2)]),
        (lambda document: OneByOne(), [(0, 1), (1, 2)]),
    ],
)
@pytest.mark.parametrize("wrapped", [False, True])
def test_a_step_may_give_one_several_or_no_finding(find: Any, spans: Any, wrapped: bool) -> None:
    use = (Around(log=[]),) if wrapped else ()
    assert [(one.span, one.by) for one in found_by(finder(find), use=use)] == [(span, "finder") for span in spans]


@pytest.mark.parametrize(
    ("find", "message"),
    [
        (lambda document: 5, "AnnotationError: gave 5, which is neither an annotation nor several"),
        (
            lambda document: "ab",
            "AnnotationError: found 'a', which is no annotation; yield objects of your own subclass",
        ),
        (lambda document: [None], "AnnotationError: found None, which is no annotation; yield objects of your own sub"),
        (
            lambda document: Headline,
            "AnnotationError: gave <class 'copydesk._documents._vocabulary.Headline'>, which is neither ",
        ),
        (lambda document: Headline(0, 5), "AnnotationError: headline has the span 0 to 5, which does not lie within"),
        (lambda document: Headline(0, 1.0), "AnnotationError: headline has the span 0 to 1.0, which does not lie "),  # type: ignore[arg-type]  # the mistake on test
        (lambda document: Headline(0), "TypeError: "),  # type: ignore[call-arg]  # the mistake on test
        (lambda document: 1 / 0, "ZeroDivisionError: division by zero"),
        (lambda document: exit(3), "SystemExit: 3"),
        (lambda document: panic(), "Panic: no more"),
        (lambda document: give_up(), "GeneratorExit"),
    ],
)
@pytest.mark.parametrize("wrapped", [False, True])
def test_what_does_not_fit_is_an_error_of_the_step(find: Any, message: str, wrapped: bool) -> None:
    use = (Around(log=[]),) if wrapped else ()
    assert told(finder(find), use=use).startswith(f"enrich step 'finder' failed on wire/a.txt: {message}")


def test_a_generator_that_raises_late_is_an_error_of_the_step_and_leaves_no_trace() -> None:
    def late(document: Document) -> Iterator[Headline]:
        yield Headline(0, 1)
        raise ValueError("too late")

    with pytest.raises(copydesk.StepError) as caught:
        found_by(finder(lambda document: Paragraph(0, 1), "first"), finder(late, "second"))
    assert str(caught.value) == "enrich step 'second' failed on wire/a.txt: ValueError: too late"
    assert (caught.value.stage, caught.value.step) == ("enrich", "second")
    assert caught.value.document.annotations == (Paragraph(0, 1, by="first"),)
    assert isinstance(caught.value.__cause__, ValueError)


def test_an_exception_that_cannot_be_told_is_told() -> None:
    class MuteError(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    def fail(document: Document) -> None:
        raise MuteError

    assert told(finder(fail)) == "enrich step 'finder' failed on wire/a.txt: MuteError: (its message cannot be told)"


def test_an_interrupt_is_no_error_of_the_step() -> None:
    def interrupt(document: Document) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        found_by(finder(interrupt))


# In order.


def test_steps_see_what_earlier_steps_found() -> None:
    seen: list[tuple[str, ...]] = []

    def look(document: Document) -> Standfirst:
        seen.append(tuple(one.by for one in document.annotations))
        return Standfirst(0, 1)

    found_by(*[finder(look, name) for name in "cab"])
    assert seen == [(), ("c",), ("c", "a")]


def test_the_document_that_was_given_is_not_changed() -> None:
    given_one = Document("text")
    Pipeline(enrich=[finder(lambda document: Headline(0, 1))]).enrich(given_one)
    assert given_one.annotations == ()


def test_a_finding_is_signed_by_the_step_that_found_it_and_not_by_who_it_says() -> None:
    shared = Headline(0, 1, by="nobody")
    found = found_by(finder(lambda document: shared, "one"), finder(lambda document: shared, "two"))
    assert [one.by for one in found] == ["one", "two"]
    assert shared.by == "nobody"


def test_replace_corrects_or_takes_out_what_an_earlier_step_found() -> None:
    def correct(document: Document) -> Iterator[Replace]:
        for one in document.all(Headline):
            yield Replace(one, Headline(one.start, one.end + 1) if one.start == 0 else None)

    found = found_by(finder(generator, "first"), finder(correct, "second"))
    assert found == (Headline(0, 2, by="second"),)


def test_what_is_not_there_cannot_be_replaced() -> None:
    assert told(finder(lambda document: Replace(Headline(0, 1)))) == (
        "enrich step 'finder' failed on wire/a.txt: AnnotationError: Headline(start=0, end=1, by='') "
        "cannot be replaced: the document does not have it; take it from document.all(…) as it is"
    )


def test_drop_leaves_the_document_out_and_passes_except_exception() -> None:
    later: list[Document] = []

    def refuse() -> None:
        raise copydesk.Drop("too short")

    def drop(document: Document) -> None:
        try:
            refuse()
        except Exception:
            pytest.fail("Drop is not an error")

    with pytest.raises(copydesk.DocumentDroppedError) as caught:
        found_by(finder(drop, "short"), finder(later.append, "later"))
    assert str(caught.value) == "enrich step 'short' dropped the document: too short"
    assert (caught.value.step, caught.value.reason, later) == ("short", "too short", [])


# Conditions.


@pytest.mark.parametrize(
    ("when", "called"),
    [
        (When(), True),
        (When(language=("ar",)), True),
        (When(language=("AR-iq",)), True),
        (When(language=("en", "ar")), True),
        (When(language=("ar-I",)), False),
        (When(language=("ar-IQ-x",)), False),
        (When(language=("en",)), False),
        (When(source=("wire/*",)), True),
        (When(source=("*.md", "*.txt")), True),
        (When(source=("*.md",)), False),
        (When(language=("ar",), source=("*.md",)), False),
    ],
)
@pytest.mark.parametrize("wrapped", [False, True])
def test_a_condition_limits_a_step(when: When, called: bool, wrapped: bool) -> None:
    document = TEXT.with_annotations(Language(0, 4, tag="ar-IQ"))
    log: list[str] = []
    found = found_by(finder(generator, when=when), use=(Around(log=log),) if wrapped else (), document=document)
    assert bool([one for one in found if isinstance(one, Headline)]) is called
    assert bool(log) is (called and wrapped)


def test_a_condition_on_the_language_of_a_document_without_one_does_not_hold() -> None:
    assert found_by(finder(generator, when=When(language=("ar",)))) == ()


def test_a_condition_sees_the_language_that_an_earlier_step_found() -> None:
    guess = finder(lambda document: Language(0, 4, tag="ckb"), "guess")
    assert len(found_by(guess, finder(generator, when=When(language=("ckb",))))) == 3


# What works around steps.


@copydesk.plugin
class Around:
    """Middleware that notes what it is told."""

    log: Any
    mark: str = "around"

    @copydesk.hookimpl(wrapper=True)
    def enrich(self, document: Document, step: Step) -> Generator[None, Any, Any]:
        self.log.append(f"{self.mark} before {step.name}")
        try:
            found = yield
        except Exception as error:
            self.log.append(f"{self.mark} saw {type(error).__name__}")
            raise
        self.log.append(f"{self.mark} after {step.name}")
        return found


@copydesk.plugin
class Answer:
    """Middleware that answers in a step's place, or goes on where it has no answer."""

    answers: Any

    @copydesk.hookimpl(tryfirst=True)
    def enrich(self, document: Document, step: Step) -> Any:
        return self.answers.get(step.name)


@copydesk.plugin
class Rewrite:
    """Middleware that gives something else than the step did."""

    rewrite: Any

    @copydesk.hookimpl(wrapper=True)
    def enrich(self) -> Generator[None, Any, Any]:
        return self.rewrite((yield))


def test_middleware_wraps_the_whole_body_of_a_step_and_the_first_is_the_outermost() -> None:
    log: list[str] = []

    def body(document: Document) -> Iterator[Headline]:
        log.append("body begins")
        yield Headline(0, 1)
        log.append("body ends")

    inner = Step(Around(log=log, mark="in"), name="in")
    found_by(finder(body, "a"), finder(generator, "b"), use=(Around(log=log), inner))
    assert log == [
        "around before a",
        "in before a",
        "body begins",
        "body ends",
        "in after a",
        "around after a",
        "around before b",
        "in before b",
        "in after b",
        "around after b",
    ]


def test_middleware_sees_what_a_step_raises_and_may_answer_instead() -> None:
    log: list[str] = []

    def fail(document: Document) -> Iterator[Headline]:
        yield Headline(0, 1)
        raise ValueError("no")

    assert told(finder(fail), use=(Around(log=log),)).endswith("ValueError: no")
    assert log == ["around before finder", "around saw ValueError"]


def test_a_drop_passes_middleware() -> None:
    def drop(document: Document) -> None:
        raise copydesk.Drop("why not")

    with pytest.raises(copydesk.DocumentDroppedError):
        found_by(finder(drop), use=(Around(log=[]),))


def test_middleware_may_answer_in_the_place_of_a_step() -> None:
    called: list[str] = []

    def note(name: str) -> Step:
        return finder(lambda document: called.append(name), name)

    answer = Answer(answers={"a": [Paragraph(0, 1)], "b": ()})
    found = found_by(note("a"), note("b"), note("c"), use=(answer,))
    assert found == (Paragraph(0, 1, by="a"),)
    assert called == ["c"]


def test_the_first_answer_counts() -> None:
    answers = [Step(Answer(answers={"finder": Headline(0, end)}), name=str(end)) for end in (1, 2)]
    assert found_by(finder(generator), use=tuple(answers)) == (Headline(0, 1, by="finder"),)


def test_what_middleware_gives_is_checked_and_signed_like_a_steps() -> None:
    rewritten = found_by(finder(generator), use=(Rewrite(rewrite=lambda found: found[:1]),))
    assert rewritten == (Headline(0, 1, by="finder"),)
    assert found_by(finder(generator), use=(Rewrite(rewrite=lambda found: None),)) == ()
    assert "AnnotationError: headline has the span 0 to 9" in told(
        finder(generator), use=(Rewrite(rewrite=lambda found: Headline(0, 9)),)
    )


def test_steps_take_the_step_they_are_if_they_ask() -> None:
    @copydesk.plugin
    class Curious:
        @copydesk.hookimpl
        def enrich(self, step: Step, document: Document) -> Iterator[Headline]:
            if step.name == "second":
                yield Headline(0, 1)

    names = ("first", "second")
    assert found_by(*[Step(Curious(), name=name) for name in names]) == (Headline(0, 1, by="second"),)
    wrapped = found_by(*[Step(Curious(), name=name) for name in names], use=(Around(log=[]),))
    assert wrapped == (Headline(0, 1, by="second"),)
