"""How people prove who they are: passwords, second factors, sessions, and what is kept of the proof.

allauth does the work; here is what this product asks of it (docs/decisions/0009-identity.md).
"""
