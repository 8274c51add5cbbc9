"""Applications by residents (SoL 12:1): what is declared in forms/ is answered, checked, confirmed and sent."""
