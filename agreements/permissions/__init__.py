"""Who may do what on the agreements floor: named predicates over a record and an actor, denied unless given.

An agreement gives rights by the side of the actor's organisation (Party), a call by its agency, a proposal by the
organisation that makes it. No model is imported: records are asked by their own attributes.
"""
