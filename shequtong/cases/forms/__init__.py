"""Forms of the case pages (案件表单). They read what was typed; rules stand in the use-cases."""
