"""Production's settings, with the floor page added to the addresses."""

from config.settings.production import *

ROOT_URLCONF = "bench.urls"
