"""Statistics of customer experience: counts and frames in; frames, numbers and frozen dataclasses out.

Pure: no database, no files, no clock, no unseeded chance. Missing or empty input gives NaN with n = 0 and never
raises; negative counts, missing columns and wrong shapes raise ValueError.
"""
