"""The endurance lens: will the members stay, and who leaves first?"""
