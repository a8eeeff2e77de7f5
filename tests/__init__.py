"""The tests of Youpin Review: unit/ mirrors app/, ui/ mirrors ui/, journeys/ tell whole stories."""
