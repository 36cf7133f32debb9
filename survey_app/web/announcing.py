"""What is said on everything that brings a survey into a room, in the languages of those who are there."""

from collections.abc import Callable, Sequence

from survey_app.domain.announcement import Announcement, Invitation, Logo
from survey_app.domain.book import Meeting
from survey_app.domain.collector import Collector
from survey_app.domain.network import Network
from survey_app.domain.text import PLAIN_GERMAN, Phrase, canonical_tag
from survey_app.web.catalogues import FALLBACK
from survey_app.web.locale import find_language, load_catalogue

_SOURCE = "en"
_COLOUR = "#14375e"
"""Of networks that have chosen none."""


def N_(message: str) -> str:  # noqa: N802  # the name by which catalogue tools find messages
    """Mark a message for translation where it is not translated at once."""
    return message


INVITATION = N_("How was the meeting? Scan the code and tell us.")
SHORT_INVITATION = N_("Please scan and answer.")
PROMISE = N_("Voluntary and anonymous.")
CODE = N_("Code")
PROTECTION = N_("No name, no address, no cookie is stored: nobody can see who answered what.")
STAMP = N_("Demonstration")
PICTURE = N_("QR code that leads to %(address)s")


def announce(
    survey: Collector,
    languages: Sequence[str],
    *,
    network: Network,
    meeting: Meeting | None,
    base_url: str,
    can_be_printed: Callable[[Invitation], bool],
    logo: Logo | None = None,
) -> Announcement:
    """Return what is said about a survey.

    Words around the invitations are in the language of the network, or in German if no font has its script.
    """
    base, local = base_url.rstrip("/"), network.default_language
    if not all(map(can_be_printed, build_invitations([local]))):
        local = FALLBACK
    address = f"{base}/q/{survey.code}"
    spoken = find_language(local).spoken
    topics = (meeting.topics if meeting else None) or ()
    return Announcement(
        language=spoken.tag,
        direction=spoken.direction,
        network=network.name,
        title=(meeting.title if meeting else None) or "",
        motto=(meeting.motto if meeting else None) or "",
        topics=tuple(topic.title for topic in topics if topic.title),
        address=address,
        code=survey.code,
        code_word=translate(CODE, local),
        picture_words=translate(PICTURE, local).text % {"address": address},
        invitations=build_invitations(languages),
        protection=translate(PROTECTION, local),
        privacy_address=f"{base}/privacy/{network.slug}",
        colour=network.colour or _COLOUR,
        stamp=translate(STAMP, local) if survey.is_synthetic or network.is_synthetic else None,
        logo=logo,
    )


def choose_languages(survey: Collector, asked: Sequence[str]) -> tuple[str, ...]:
    """Return the languages of the invitations: those asked for that the survey offers, in that order.

    Without a usable wish all that the survey offers; plain German only when asked for, since those who read it
    also read the German line.
    """
    wanted = dict.fromkeys(canonical_tag(tag) for part in asked for tag in part.split(",") if tag.strip())
    usable = tuple(tag for tag in wanted if tag in survey.languages)
    return usable or tuple(tag for tag in survey.languages if tag != PLAIN_GERMAN) or survey.languages


def build_invitations(languages: Sequence[str]) -> tuple[Invitation, ...]:
    """Return the invitation in each language; one that would only repeat another in the same words is left out."""
    invitations = [Invitation(translate(INVITATION, tag), translate(PROMISE, tag)) for tag in languages]
    return tuple(dict.fromkeys(invitations))


def translate(message: str, tag: str) -> Phrase:
    """Return a message in a language; without a translation in the one it falls back to, which is said."""
    spoken = find_language(tag).spoken.tag
    words = load_catalogue(spoken).gettext(message)
    really = find_language(spoken if words != message or spoken.startswith(_SOURCE) else _SOURCE)
    return Phrase(words, really.tag, really.direction)
