"""What the desk asks when somebody opens a queue: the browser's test finds it, another counts the statements."""

_FRAME = ("/api/me", "/api/dictionary", "/api/todo/counts", "/api/todo/others", "/api/referrals/counts", "/api/journal/position", "/api/announcements", "/api/changes",
          "/api/units", "/api/looking")
QUEUES = {
    "/desk/today": (*_FRAME, "/api/todo?limit=50"),
    "/desk/cases": (*_FRAME, "/api/cases?limit=50", "/api/cases/count", "/api/views", "/api/views/shared"),
}
LISTS = ("/api/todo?limit=50", "/api/cases?limit=50")
