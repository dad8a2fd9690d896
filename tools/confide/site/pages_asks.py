"""What is asked of the reader, at the head of the first page: sign, accept, answer by a day; or that nothing is."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from confide.model.view import AgreementView, Review
from confide.site.markup import html, join
from confide.site.pages_agreement import missing_phrase
from confide.site.pages_clauses import silence
from confide.site.pages_first import until
from confide.site.reading import Reading
from confide.site.routes import form_of
from confide.site.signing import offered
from confide.site.words import listing


def asked(reading: Reading) -> Markup:
    """One block for each thing, the most pressing first."""
    known = [*_answers(reading), *_signatures(reading), *_duty(reading)]
    return join(known) if known else html('<p class="tc-calm">Nothing is asked of you.</p>')


def _block(title: str, body: Markup, *actions: Markup) -> Markup:
    return html(
        '<section class="tc-ask"><p class="tc-kicker">Asked of you</p><h2>{}</h2><p>{}</p><p>{}</p></section>',
        title,
        body,
        join(actions, " "),
    )


def _button(address: str, text: str, cls: str = "") -> Markup:
    return html('<a class="tc-button{}" href="{}">{}</a>', cls, address, text)


def _signatures(reading: Reading) -> Iterator[Markup]:
    for shown in reading.asked:
        yield _signature(shown, reading)


def _signature(shown: AgreementView, reading: Reading) -> Markup:
    version = shown.agreement.version
    what = "the agreement" if reading.current is shown else f"the changed agreement (number {version})"
    return _block(
        f"Read and sign {what}",
        html(
            "Proposed on {}. {} Nothing is shared under it before that.",
            reading.day(shown.proposed),
            missing_phrase(shown, reading),
        ),
        _button(f"agreement-{version}/", "Read the agreement"),
        _button(f"_/sign/agreement-{version}", "Sign", " tc-button--quiet"),
    )


def _answers(reading: Reading) -> Iterator[Markup]:
    for review in reading.view.reviews:
        if not review.answer:
            yield _answer(review, reading)


def _answer(review: Review, reading: Reading) -> Markup:
    titles = listing(text.title for _, _, text in review.texts)
    ask = offered(reading, "input", review.event)
    address = form_of(ask) if ask else ""
    actions = [_button(f"first/#review-{review.event}", "Read it")]
    if address:
        actions.append(_button(address, "Answer", " tc-button--quiet"))
    return _block(
        f"Read first: {titles}",
        html("{} {}", until(review, reading), silence(reading.part("summary"), you=True)),
        *actions,
    )


def _duty(reading: Reading) -> Iterator[Markup]:
    """Asked here only where it can be done here."""
    ask = offered(reading, "acknowledgement")
    if ask and (address := form_of(ask)):
        why = (
            "Feedback can be passed on to you once you have." if reading.is_client else "Nothing is told to you before."
        )
        yield _block(
            "Promise to keep it confidential",
            html("{}", why),
            _button(address, "Read and accept"),
            _button("how/promises/", "What each of us promises", " tc-button--quiet"),
        )
