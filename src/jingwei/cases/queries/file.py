"""Photos and documents of a case, for those who may see the case."""

from typing import Any
from uuid import UUID

from jingwei.cases.models import CaseFile, LetterFile, MediationFile, ReferralFile
from jingwei.cases.queries.detail import seen_case
from jingwei.cases.queries.merging import seen_with_leader
from jingwei.files import queries as files
from jingwei.formats import qr_code
from jingwei.kernel.actor import Actor
from jingwei.kernel.errors import KernelError, Refusal


def open_file(actor: Actor, case_id: UUID, file_id: UUID, variant: str = "shown") -> Any:
    """The shown copy or the thumbnail (never the original, which carries the evidence of place)."""
    seen_with_leader(actor, case_id)
    if variant not in ("shown", "thumb") or not CaseFile.objects.filter(case_id=case_id, file_id=file_id).exists():
        raise Refusal(KernelError.NOT_FOUND)
    return files.open_shown(file_id, variant)


def paper_mark(actor: Actor, case_id: UUID, site: str) -> bytes:
    """The QR code that stands on the printed case file: whoever scans it and may see the case is led to it."""
    seen_case(actor, case_id)
    return qr_code.svg(f"{site}/desk/cases/{case_id}")


def files_in_use(ids: set[UUID]) -> set[UUID]:
    """Those of `ids` that some case, referral, mediation or letter refers to."""
    return {found for model in (CaseFile, ReferralFile, LetterFile, MediationFile)
            for found in model.objects.filter(file_id__in=ids).values_list("file_id", flat=True)}
