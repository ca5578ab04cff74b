"""Sheets an office must send each month (月度报表): its own workbook with placeholders, filled from the registry, only what changed marked."""
