"""States of the ground floor's records, one machine a page."""
