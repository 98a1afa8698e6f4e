"""How long a suspension and how many extensions a case may have, and when one that ends is over. Pure."""

from datetime import date, datetime, timedelta

from jingwei.cases.worktime import ONE_DAY, WorkCalendar, book_of

_FAR = 3660  # days without working time after which a calendar is taken for broken


def resumes_at(on: date, calendar: WorkCalendar) -> datetime:
    """The first working moment on or after a local day: a case never wakes on a holiday."""
    book = book_of(calendar)
    for _ in range(_FAR):
        found = next((piece.start for piece in book.day(on) if piece.counts), None)
        if found is not None:
            return found
        on += ONE_DAY
    raise ValueError("no working day within ten years")


def last_day(began: datetime, most_days: int, calendar: WorkCalendar) -> date:
    """The last day on which a suspension that began then may end."""
    return book_of(calendar).local(began) + timedelta(days=most_days)


def days_left(resume_at: datetime, now: datetime, calendar: WorkCalendar) -> int:
    """Whole days of the calendar's zone until the case goes on; 0 on the day itself and after it."""
    book = book_of(calendar)
    return max(0, (book.local(resume_at) - book.local(now)).days)


def too_far(first: datetime, last: datetime | None, most_days: int) -> bool:
    """Whether extensions have moved a due instant further than so many days from where it was without any."""
    return last is not None and last - first > timedelta(days=most_days)
