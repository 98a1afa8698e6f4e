"""A day in the life of the centre: six seats and a town at work at once, every way in, and a count from the journal alone.

`python -m tests.journeys.day --home F --cases 60 --report R` does all of it. `cast` is who sits where, `ground` sets the
place up, `channels` is the table of ways in, `seats` is what somebody does with what waits for them, `beside` what they do
beside the steps, `count` adds up from the journal and compares with what the screens say.
"""
