"""Writes of accounts, one file per theme. The actor comes first, except where finding out who acts is the deed."""
