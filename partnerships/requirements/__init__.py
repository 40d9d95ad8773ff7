"""What must be on record before something may be done, as pure functions over facts."""
