"""The one router of notices, shared by the files of this folder."""

from ninja import Router

router = Router(tags=["通知 notices"])
