"""Kinds of event that a township tells apart (CAS-17…20): which flow each takes. Pure.

The ordinary kind, put right on the spot or handled level by level, is the area's own flow and has no code here.
"""

KINDS: dict[str, tuple[str, str]] = {
    "coordination": ("协调类", "要各方商量：村社区协商办理，结果报镇街，再回复群众"),
    "mediation": ("纠纷调解类", "要调解的纠纷：村社区调解，谈不拢的转镇街、部门，有了结果再回复"),
    "sudden": ("突发类", "要马上处置：镇街直接派人，网格员在现场续报"),
    "approval": ("审批类", "要审核公示：村社区受理，镇街审核，村社区和镇街两级公示"),
}
"""Code, which is that of its flow → its name, what it is for."""

ORDINARY = "一般类"


def name_of(kind: str) -> str:
    """The name of a flow's kind; that of the ordinary one for the flows that areas take by themselves."""
    return KINDS[kind][0] if kind in KINDS else ORDINARY
