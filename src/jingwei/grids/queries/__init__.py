"""Reads of the ground: places, tree, duty."""

from jingwei.grids import quadtree
from jingwei.grids.cells import COLUMNS as CELLS_PER_ROW
from jingwei.grids.cells import cell_of as cell
from jingwei.grids.cells import cells_around, neighbours
from jingwei.grids.codes import KIND_NAMES
from jingwei.grids.finding_places import forget
from jingwei.grids.queries.above import above_all
from jingwei.grids.queries.answering import Answering, away, middles, posted
from jingwei.grids.queries.archive import Archive, archive, archive_told
from jingwei.grids.queries.certificates import CertificateLine, Lacking, certificate_kinds, certificates, lacking
from jingwei.grids.queries.duty import Answerable, PostingLine, answerable, double_mains, on_duty, posts_of, staffing_of
from jingwei.grids.queries.everywhere import GridHere, SystemHere, grids_at, grids_over
from jingwei.grids.queries.faces import (
    SERVICES,
    Board,
    Contact,
    Face,
    PublicAnswer,
    contact_of,
    faces,
    open_photo,
    photos_in_use,
    public_answer,
)
from jingwei.grids.queries.handing_over import OpenWork, Sheet, SheetItem, SheetLine, WorkLine, open_work, sheet, sheets
from jingwei.grids.queries.inside import points_inside
from jingwei.grids.queries.knowing import may_know
from jingwei.grids.queries.levels import level_below
from jingwei.grids.queries.looking import Looked, look_into
from jingwei.grids.queries.map import Map, MapLayer, drawn_bounds, shape_of, the_map, tile
from jingwei.grids.queries.places import (
    AskedGround,
    Place,
    areas_below,
    asked_ground,
    chain,
    locate,
    locate_all,
    locate_many,
    names_at,
    names_of,
    path_of_code,
    paths_of,
    place_by_code,
    place_of,
)
from jingwei.grids.queries.plan_check import Checked, CheckLine, check_plan
from jingwei.grids.queries.plan_compare import ChangeLine, Compared, compare
from jingwei.grids.queries.plan_edited import EditedView, edited
from jingwei.grids.queries.plan_sheet import CommunityLine, GroupLine, UnitLine
from jingwei.grids.queries.plan_tiles import plan_tile
from jingwei.grids.queries.plan_view import (
    PlanView,
    Scores,
    plan_groups,
    plan_shapes,
    plan_units,
    plan_view,
    scores,
    unit_at,
)
from jingwei.grids.queries.plans import PlanLine, plan_titles, plans
from jingwei.grids.queries.postings import Away, Postable, Posted, absences, may_be_posted, postings
from jingwei.grids.queries.proposals import ProposalGround, ProposalLine, proposal, proposal_ground, proposals
from jingwei.grids.queries.rota import CoverLine, DoubleLine, HoleLine, Rota, ShiftLine, rota
from jingwei.grids.queries.searching import FoundArea, chain_words, find
from jingwei.grids.queries.system_faults import FaultLine, Faults, system_faults
from jingwei.grids.queries.systems import (
    LevelLine,
    RuleLine,
    SystemLine,
    TemplateLine,
    system,
    system_names,
    systems,
    templates,
)
from jingwei.grids.queries.teams import (
    Capacity,
    CapacityLine,
    MemberLine,
    TeamAreaLine,
    TeamLine,
    capacity_of,
    team_kinds,
    team_list,
    team_names,
    teams_over,
)
from jingwei.grids.queries.tree import (
    AreaDetail,
    AreaLine,
    area_detail,
    children,
    gaps,
    levels_of,
    members_of,
    members_seen,
    predecessors,
    roots,
    summary,
)
from jingwei.grids.queries.vacancies import LevelGaps, Pairing, Several, Vacancies, Vacancy, pairing, vacancies

__all__ = [
    "CELLS_PER_ROW", "KIND_NAMES", "SERVICES", "Answerable", "Answering", "Archive", "AreaDetail", "AreaLine",
    "AskedGround", "Away", "Board", "Capacity", "CapacityLine", "CertificateLine", "ChangeLine", "CheckLine", "Checked",
    "CommunityLine", "Compared", "Contact", "CoverLine", "DoubleLine", "EditedView", "Face", "FaultLine", "Faults",
    "FoundArea", "GridHere", "GroupLine", "HoleLine", "Lacking", "LevelGaps", "LevelLine", "Looked", "Map", "MapLayer",
    "MemberLine", "OpenWork", "Pairing", "Place", "PlanLine", "PlanView", "Postable", "Posted", "PostingLine",
    "ProposalGround", "ProposalLine", "PublicAnswer", "Rota", "RuleLine", "Scores", "Several", "Sheet", "SheetItem",
    "SheetLine", "ShiftLine", "SystemHere", "SystemLine", "TeamAreaLine", "TeamLine", "TemplateLine", "UnitLine",
    "Vacancies", "Vacancy", "WorkLine", "above_all", "absences", "answerable", "archive", "archive_told", "area_detail",
    "areas_below", "asked_ground", "away", "capacity_of", "cell", "cells_around", "certificate_kinds", "certificates", "chain",
    "chain_words", "check_plan", "children", "compare", "contact_of", "double_mains", "drawn_bounds", "edited", "faces",
    "find", "forget", "gaps", "grids_at", "grids_over", "lacking", "level_below", "levels_of", "locate", "locate_all",
    "locate_many", "look_into", "may_be_posted", "may_know", "members_of", "members_seen", "middles", "names_at",
    "names_of", "neighbours", "on_duty", "open_photo", "open_work", "pairing", "path_of_code", "paths_of", "photos_in_use",
    "place_by_code", "place_of", "plan_groups", "plan_shapes", "plan_tile", "plan_titles", "plan_units", "plan_view",
    "plans", "points_inside", "posted", "postings", "posts_of", "predecessors", "proposal", "proposal_ground", "proposals",
    "public_answer", "quadtree", "roots", "rota", "scores", "shape_of", "sheet", "sheets", "staffing_of", "summary",
    "system", "system_faults", "system_names", "systems", "team_kinds", "team_list", "team_names", "teams_over",
    "templates",
    "the_map", "tile", "unit_at", "vacancies",
]
