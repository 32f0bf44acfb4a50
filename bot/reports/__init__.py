"""What we report: the monthly service report and the escalation summary, as tables that add up."""
