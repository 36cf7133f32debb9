"""What a file says about itself beside the report: whose it is, whether it was released, whom to ask."""

from dataclasses import dataclass

from survey_app.domain.local_days import local_day
from survey_app.domain.network import Network
from survey_app.domain.release import ReleaseMark
from survey_app.evaluation import Report
from survey_app.files.release_files import write_draft_stamp, write_release_stamp


@dataclass(frozen=True, slots=True)
class Imprint:
    """The surroundings of a report in a file.

    Attributes:
        stamp: whether it was released, as what, and whether the data are made up.
        contact: address of those who answer questions about it; may be empty.
    """

    network: str
    stamp: str
    contact: str = ""


def imprint_draft(network: Network) -> Imprint:
    """Return what files say that show how things stand today."""
    return Imprint(network.name, write_draft_stamp(is_synthetic=network.is_synthetic), network.contact_email)


def imprint_release(report: Report, network: Network, mark: ReleaseMark) -> Imprint:
    """Return what the files of a release say.

    Args:
        network: as it was when the report was released.
    """
    released_on = local_day(mark.released_at)
    stamp = write_release_stamp(report, number=mark.number, released_on=released_on, is_synthetic=network.is_synthetic)
    return Imprint(network.name, stamp, network.contact_email)
