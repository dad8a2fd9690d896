"""What an agreement amounts to, before anybody signs it: its gaps, conflicts, dead ends, and how far it reaches.

Nothing here decides anything. Every analysis puts questions to `decide` and reports what it answers: for every type,
party, sender, form and day that can make a difference, on a record in which this version is signed by all and nothing
else has happened. Questions that no term of the agreement can tell apart are asked once, for all of them.
"""
