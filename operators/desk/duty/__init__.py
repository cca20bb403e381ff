"""Who is on duty and was, taking a shift, and the hand-over sheet: on screen, printed, as PDF."""
