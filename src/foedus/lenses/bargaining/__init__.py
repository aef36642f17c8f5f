"""Where does the bargaining settle, and who is asked to give what?"""
