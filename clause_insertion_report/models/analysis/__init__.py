from . import digest_digest, ir_filters
