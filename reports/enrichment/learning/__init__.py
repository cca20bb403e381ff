"""The category as operators have decided it before: learned every night, used only while it is better than the keywords.

One model for all stations: people of one regency word an accident as those of the next do, and a few hundred decisions
are little already. `features` and `model` are values and numbers; `training` alone meets keys and rows.
"""
