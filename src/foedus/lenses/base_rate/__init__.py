"""How often do pacts like this hold this long?"""
