"""Shapes of requests and answers. Lengths here only keep absurd input out; the rules are the room's."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Schema
from pydantic import ConfigDict

from jingwei.cases.commands import Looker, Proof
from jingwei.cases.evidence import Point
from jingwei.cases.queries import Candidate, Change

Words = Annotated[str, Field(max_length=20_000)]
Short = Annotated[str, Field(max_length=1000)]


class Asked(Schema):
    """What is sent holds nothing that is not described: a misspelt field is refused, not dropped."""

    model_config = ConfigDict(extra="forbid")


class ReportIn(Asked):
    """`id`: made by the client, a UUIDv7 (other versions are taken, nil is not). `lon`, `lat`: WGS-84 / CGCS2000 degrees.

    `part`: id of the part that it is about. `kind`: coordination, mediation, sudden or approval, where the place tells them apart.
    """

    id: UUID
    text: Words
    lon: float
    lat: float
    place: Short = ""
    channel: Short = "supervisor"
    class_code: Short = ""
    files: list[UUID] = []
    contact_name: Short = ""
    contact_phone: Short = ""
    found_at: datetime | None = None
    part: UUID | None = None
    kind: Short = ""


class ReasonIn(Asked):
    reason: Words = ""


class PersonIn(Asked):
    person: UUID | None = None


class PositionIn(Asked):
    """Where the phone was when it sent, WGS-84 degrees; `metres` of doubt. It is compared and not kept."""

    lon: Annotated[float, Field(ge=-180, le=180)]
    lat: Annotated[float, Field(ge=-90, le=90)]
    metres: Annotated[float, Field(ge=0, le=100_000)] | None = None


class ProofIn(Asked):
    """Beside a deed on the spot. `shots`: id of a file sent with it → near, far, before, after. `no_photo`: why none could be taken."""

    shots: dict[UUID, Short] = {}
    no_photo: Short = ""
    position: PositionIn | None = None

    @property
    def proof(self) -> Proof:
        at = self.position
        return Proof(self.shots, self.no_photo, None if at is None else Point(at.lon, at.lat, at.metres))


class FindingIn(ProofIn):
    """`yes`: found true / passed. Otherwise a reason is asked for."""

    yes: bool
    reason: Words = ""
    files: list[UUID] = []


class FileIn(Asked):
    """`class_code`: "scheme/kind/code"; left out, the one given at reporting. `part`: likewise."""

    class_code: Short = ""
    condition_id: int | None = None
    part: UUID | None = None


class AcceptIn(Asked):
    part: UUID | None = None


class DispatchIn(Asked):
    unit_code: Short = ""


class HandOnIn(Asked):
    reason: Words = ""
    unit_code: Short = ""


class ExtendIn(Asked):
    """`unit`: urgent_hour, urgent_day, work_hour, work_day, natural_day."""

    reason: Words = ""
    value: Short
    unit: Short


class SuspendIn(Asked):
    """`until`: the day on which it goes on by itself. `season`: when the planting season of its class opens."""

    reason: Words = ""
    until: date | None = None
    season: bool = False


class AskRenewalIn(Asked):
    reason: Words = ""
    until: date


class RenewIn(Asked):
    reason: Words = ""
    until: date | None = None


class FeedbackIn(Asked):
    text: Words = ""
    files: list[UUID] = []


class ResultIn(ProofIn):
    text: Words = ""
    files: list[UUID] = []


class RemarkIn(Asked):
    text: Words = ""


class DetailOut(Schema):
    case: dict[str, Any]
    actions: list[dict[str, Any]]
    beside: list[dict[str, str]]
    timeline: list[dict[str, Any]]
    files: list[dict[str, Any]]
    adjustments: list[dict[str, Any]]
    undo: dict[str, Any] | None


class HowMany(Schema):
    count: int


class CountOut(Schema):
    """How many cases are in a state, and how many of them are past their due instant."""

    state: str
    name: str
    count: int
    late: int


class OtherDueOut(Schema):
    """`to`: where the desk lists them."""

    kind: str
    name: str
    to: str
    count: int
    late: int


class AgeOut(Schema):
    """Cases that have been in a state from so many hours to so many (None: without end)."""

    label: str
    from_hours: int
    to_hours: int | None
    count: int
    filter: dict[str, Any]


class StageOut(CountOut):
    """`filter`, `late_filter`: query parameters of GET /cases that list exactly those."""

    ages: list[AgeOut]
    filter: dict[str, Any]
    late_filter: dict[str, Any]


class PartOut(Schema):
    """A unit with all below it, or an area: its open cases and the late ones among them."""

    code: str
    name: str
    open: int
    late: int
    filter: dict[str, Any]
    late_filter: dict[str, Any]


class TodayOut(Schema):
    """`ended`: closed today. `ended_late`: of these, what overran the limit of a stage on its way; `ended_exempted`: of those, what appeals left out of the statistics."""

    reported: int
    filed: int
    ended: int
    ended_on_time: int
    ended_late: int
    ended_exempted: int
    filters: dict[str, dict[str, Any]]


class OverviewOut(Schema):
    """`areas`: what stands right below `area`; every figure with the filter that lists its cases."""

    at: str
    area: str
    area_name: str
    stages: list[StageOut]
    today: TodayOut
    units: list[PartOut]
    areas: list[PartOut]


class IntervalOut(Schema):
    start: datetime
    end: datetime
    kind: str
    why: str
    label: str


class ClockOut(Schema):
    """`because`: running | suspended | ended | no_limit | over. `lines`: the same in Chinese sentences. `notes`: what else befell it."""

    because: str
    due_at: datetime | None = None
    start: datetime | None = None
    intervals: list[IntervalOut] = []
    lines: list[str] = []
    notes: list[str] = []


class ChangesOut(Schema):
    """`position`: ask again with it; `again_in`: after so many seconds. Smaller than asked: read everything anew."""

    position: int
    again_in: int
    unread: int
    changes: list[Change]


class CandidatesOut(Schema):
    people: list[Candidate]


class LookersOut(Schema):
    """The others who have the case open now."""

    others: list[Looker]


class MarkOut(Schema):
    case_id: UUID
    names: list[str]


class MarksOut(Schema):
    marks: list[MarkOut]


class ViewIn(Asked):
    name: Short
    query: Short = ""


class SharedViewIn(ViewIn):
    """`area`: for whom, by area code. `role`: for one post there, '' for all."""

    area: Short
    role: Short = ""


class MadeOut(Schema):
    id: UUID


class ContactOut(Schema):
    """`numbers`: token in the text → what stood there."""

    contact: dict[str, str] = {}
    numbers: dict[str, str] = {}
