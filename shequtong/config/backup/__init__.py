"""Backup and restoring (备份与恢复): database, files and log witnesses in one folder that proves itself; keys only when asked for."""
