"""How gunicorn serves the application; bind address and number of workers come from the command line."""

import gc

worker_class = "gthread"
threads = 4
# A page left open by a phone that walked out of the Wi-Fi must not hold a thread for long.
keepalive = 5
timeout = 60
# Requests accepted before a stop are answered before it.
graceful_timeout = 30
# Access logs would hold addresses of participants: none is written.
accesslog = None
errorlog = "-"
loglevel = "warning"
preload_app = True
backlog = 1024


def pre_fork(_server, _worker):
    """Keep what is loaded out of the garbage collector: it never goes, and walking it costs a tenth of a request."""
    gc.collect()
    gc.freeze()
