"""The product's settings, with the floor mounted beside its pages. Used by the bench alone."""

from shequtong.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
