"""History in: spreadsheets and exports with any column names become dossiers, with a report of every refusal.

Words: a *file* is read into *records* (a row, a card, a column that tells one interview or one person),
*issues* (what was refused or blanked, and what to do) and *ignored rows* (titles, totals, blanks).
Enter through `queries`, `commands` and `runs` (the functions behind `guiyan import`).
"""
