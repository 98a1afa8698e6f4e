"""A scripted centre: people in eight processes drive real cases over HTTP, and its journal is counted afterwards.

`python -m tests.journeys.centre --home F --cases 300 --report R` does all of it; `cast` is who works there, `ground`
sets the place up, `worker` is one process of people, `walk` decides what they do next, `desk` is how they ask,
`audit` counts from the journal alone, `spoil` damages a copy so that the audit is seen to notice.
"""
