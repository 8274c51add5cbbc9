"""Called by the alarm keeper and the scheduler: rings deadlines and sweeps."""
