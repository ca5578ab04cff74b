"""Tests of core.locality, on the engine the suite runs on."""
