"""How figures and verdicts are said in German."""
