"""What every request passes: who may ask, what form of an answer a client wants, errors, the log, what is counted."""
