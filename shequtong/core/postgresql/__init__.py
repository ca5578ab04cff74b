"""The thin PostgreSQL backend: local tables get the key (subdistrict_id, id), local foreign keys two columns (scale-out/README.md)."""
