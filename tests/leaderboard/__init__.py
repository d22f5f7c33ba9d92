"""Tests of the tables, files and pages."""
