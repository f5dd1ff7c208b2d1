"""A season that multiplies everyone's rate of buying: what drives it, its time, estimate and proof."""
