"""狮山街道 at full size (完整演示): its ground, stations, staff and half a year of cases, generated, always the same."""
