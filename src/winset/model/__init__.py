"""What a negotiation is: frozen dataclasses, and the draws that turn imprecise judgements into arrays."""
