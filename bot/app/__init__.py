"""The one place that picks real parts, and owns loops, threads, stopping and logging.

`house` opens the parts, `attending` takes one request to its end, `loops` and `workers` are the threads, `serving` runs them all.
"""
