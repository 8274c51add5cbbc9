"""One-machine mode: the server that finds, mounts and serves every function, and lets the alarms ring."""
